using Evoke.Kernels.OneDnn;
using Evoke.Kernels.Parameters;
using Evoke.Kernels.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Kernels.Layers;

/// <summary>act(conv(x) + b), for inference, on the fastest kernel that the device has. Batch normalisation is folded into weight and bias.</summary>
/// <remarks>Not thread-safe: one thread at a time.</remarks>
public abstract class ConvolutionLayer : IDisposable
{
    /// <summary>Reads <c>weight</c> [outputs, inputs / groups, kernel height, kernel width] and <c>bias</c> [outputs].</summary>
    public static ConvolutionLayer Read(
        ParameterReader parameters, long inputs, long outputs, ConvolutionShape shape, NetworkPlacement placement, Activation activation)
    {
        using Tensor weight = ReadWeight(parameters, inputs, outputs, shape);
        using Tensor bias = parameters.Read("bias", outputs);
        return Create(weight, bias, shape, placement, activation);
    }

    /// <summary>Reads a convolution without bias and the batch normalisation that follows it.</summary>
    /// <param name="convolution">Has <c>weight</c>.</param>
    /// <param name="norm">Has <c>weight</c>, <c>bias</c>, <c>running_mean</c> and <c>running_var</c>.</param>
    /// <param name="inputs">Channels of the input.</param>
    /// <param name="outputs">Channels of the output.</param>
    /// <param name="shape">How the kernel walks.</param>
    /// <param name="epsilon">The normalisation's guard against a variance of 0.</param>
    /// <param name="placement">Where the layer runs.</param>
    /// <param name="activation">What follows the normalisation.</param>
    public static ConvolutionLayer ReadNormalised(
        ParameterReader convolution,
        ParameterReader norm,
        long inputs,
        long outputs,
        ConvolutionShape shape,
        double epsilon,
        NetworkPlacement placement,
        Activation activation)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor weight = ReadWeight(convolution, inputs, outputs, shape);
        Tensor scale = norm.Read("weight", outputs) / (norm.Read("running_var", outputs) + epsilon).sqrt();
        Tensor bias = norm.Read("bias", outputs) - (norm.Read("running_mean", outputs) * scale);
        return Create(weight * scale.view(-1, 1, 1, 1), bias, shape, placement, activation);
    }

    /// <summary>[B, inputs, H, W] to [B, outputs, H', W']; channels last in memory stay last.</summary>
    public abstract Tensor Forward(Tensor input);

    /// <inheritdoc/>
    public abstract void Dispose();

    private static Tensor ReadWeight(ParameterReader parameters, long inputs, long outputs, ConvolutionShape shape) =>
        parameters.Read("weight", outputs, inputs / shape.Groups, shape.KernelHeight, shape.KernelWidth);

    private static ConvolutionLayer Create(Tensor weight, Tensor bias, ConvolutionShape shape, NetworkPlacement placement, Activation activation)
    {
        if (placement.IsInt8)
        {
            throw new PrecisionException("int8 is available for the Swin networks; convolutional networks run in bfloat16 or float32.");
        }

        ScalarType type = placement.ActivationType;
        return !placement.Device.IsCuda && OneDnnKernels.Support(type)
            ? new OneDnnConvolutionLayer(weight, bias, shape, type, activation)
            : new TorchConvolutionLayer(weight, bias, shape, placement, activation);
    }
}
