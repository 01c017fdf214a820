using Evoke.Kernels.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Evoke.Heads.Networks;

/// <summary>x W^T + b in the arithmetic of its input; names and shapes as PyTorch's <c>nn.Linear</c>.</summary>
/// <remarks>
/// Weights are float32 and are cast to the type of the input in each pass, so that gradients reach the float32 weights.
/// Not thread-safe: one thread at a time.
/// </remarks>
public sealed class FullyConnectedLayer : nn.Module<Tensor, Tensor>
{
    /// <summary>Creates the layer.</summary>
    /// <param name="initial">Its initial weights.</param>
    /// <param name="inputs">Values per input step.</param>
    /// <param name="outputs">Values per output step.</param>
    /// <param name="hasBias">True to add a bias.</param>
    public FullyConnectedLayer(InitialWeights initial, int inputs, int outputs, bool hasBias = true)
        : base(nameof(FullyConnectedLayer))
    {
        ArgumentNullException.ThrowIfNull(initial);
        Weight = initial.Uniform("weight", inputs, outputs, inputs);
        register_parameter("weight", Weight);
        if (hasBias)
        {
            Bias = initial.Uniform("bias", inputs, outputs);
            register_parameter("bias", Bias);
        }
    }

    /// <summary>W: [outputs, inputs], float32.</summary>
    internal Parameter Weight { get; }

    /// <summary>b: [outputs], float32; null for a layer without one.</summary>
    internal Parameter? Bias { get; }

    /// <summary>The tensors of such a layer, in the order of its state dict.</summary>
    /// <param name="name">The layer's name within its head.</param>
    /// <param name="inputs">Values per input step.</param>
    /// <param name="outputs">Values per output step.</param>
    /// <param name="hasBias">True for a layer with a bias.</param>
    public static IEnumerable<ParameterSpec> Describe(string name, int inputs, int outputs, bool hasBias = true)
    {
        yield return new ParameterSpec($"{name}.weight", outputs, inputs);
        if (hasBias)
        {
            yield return new ParameterSpec($"{name}.bias", outputs);
        }
    }

    /// <summary>[..., inputs] to [..., outputs], in the type of the input.</summary>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.device_type == DeviceType.CPU && Bias is not null
            && MatrixProducts.AreOneDnns(input.dtype, input.numel() / input.shape[^1], input.shape[^1], Weight.shape[0]))
        {
            return OneDnnLinearFunction.Run(input, Weight, Bias);
        }

        using Tensor weight = Weight.to(input.dtype);
        using Tensor? bias = Bias?.to(input.dtype);
        return nn.functional.linear(input, weight, bias);
    }

    /// <summary>Everything is registered by its name in the constructor.</summary>
    protected override void RegisterComponents()
    {
    }
}
