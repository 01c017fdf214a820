using Evoke.Kernels.OneDnn;
using Evoke.Kernels.Parameters;
using Evoke.Kernels.Torch;
using static TorchSharp.torch;

namespace Evoke.Kernels.Layers;

/// <summary>act(x W^T + b), for inference, on the fastest kernel that the device has.</summary>
/// <remarks>Not thread-safe: one thread at a time.</remarks>
public abstract class LinearLayer : IDisposable
{
    /// <summary>Reads <c>weight</c> [outputs, inputs] and <c>bias</c> [outputs].</summary>
    /// <param name="parameters">Where they are.</param>
    /// <param name="inputs">Width of the input.</param>
    /// <param name="outputs">Width of the output.</param>
    /// <param name="placement">Where the layer runs.</param>
    /// <param name="activation">What follows the product.</param>
    /// <param name="hasBias">False for a layer without bias.</param>
    public static LinearLayer Read(
        ParameterReader parameters, long inputs, long outputs, NetworkPlacement placement, Activation activation = Activation.None, bool hasBias = true)
    {
        using Tensor weight = parameters.Read("weight", outputs, inputs);
        using Tensor bias = hasBias ? parameters.Read("bias", outputs) : zeros(outputs);
        return Create(weight, bias, placement, activation);
    }

    /// <summary>Makes a layer of <paramref name="weight"/> [outputs, inputs] and <paramref name="bias"/> [outputs]; both are copied.</summary>
    /// <exception cref="PrecisionException">int8 was requested where it cannot run.</exception>
    public static LinearLayer Create(Tensor weight, Tensor bias, NetworkPlacement placement, Activation activation)
    {
        ScalarType type = placement.ActivationType;
        if (placement.IsInt8)
        {
            OneDnnInt8Kernels.ThrowIfUnsupported(placement.Device);
            return new OneDnnInt8LinearLayer(weight, bias, type, activation);
        }

        return !placement.Device.IsCuda && OneDnnKernels.Support(type)
            ? new OneDnnLinearLayer(weight, bias, type, activation)
            : new TorchLinearLayer(weight, bias, placement, activation);
    }

    /// <summary>[..., inputs] to [..., outputs].</summary>
    public abstract Tensor Forward(Tensor input);

    /// <summary>The layer's output plus <paramref name="residual"/> [..., outputs]. For layers without activation.</summary>
    public abstract Tensor ForwardAdd(Tensor input, Tensor residual);

    /// <inheritdoc/>
    public abstract void Dispose();
}
