using Evoke.Kernels.OneDnn;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Kernels.Layers;

/// <summary>
/// A linear layer on the CPU in 8-bit whole numbers: weights with a scale for each output, inputs with one scale and zero for each call.
/// </summary>
/// <remarks>So a row's result depends, in its last digits, on the rows beside it.</remarks>
internal sealed class OneDnnInt8LinearLayer : LinearLayer
{
    private readonly PackedInt8Weight _weight;
    private readonly Tensor _bias;
    private readonly ScalarType _type;
    private readonly Activation _activation;

    /// <summary>Quantises a layer.</summary>
    /// <param name="weight">[outputs, inputs], float32.</param>
    /// <param name="bias">[outputs], float32.</param>
    /// <param name="type">The type of inputs and outputs: float32 or bfloat16.</param>
    /// <param name="activation">What follows the product.</param>
    public OneDnnInt8LinearLayer(Tensor weight, Tensor bias, ScalarType type, Activation activation)
    {
        _weight = new PackedInt8Weight(weight);
        _bias = bias.to(ScalarType.Float32, copy: true).DetachFromDisposeScope();
        _type = type;
        _activation = activation;
    }

    public override Tensor Forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        return WithOutputs(input, OneDnnInt8Kernels.Linear(QuantisedTensor.Of(Rows(input)), _weight, _bias, _type, _activation)).MoveToOuterDisposeScope();
    }

    public override Tensor ForwardAdd(Tensor input, Tensor residual)
    {
        using DisposeScope scope = NewDisposeScope();
        return WithOutputs(input, OneDnnInt8Kernels.LinearAdd(QuantisedTensor.Of(Rows(input)), _weight, _bias, Rows(residual))).MoveToOuterDisposeScope();
    }

    public override void Dispose()
    {
        _weight.Dispose();
        _bias.Dispose();
    }

    private static Tensor Rows(Tensor tensor) => tensor.view(-1, tensor.shape[^1]);

    private static Tensor WithOutputs(Tensor input, Tensor rows) => rows.view([.. input.shape[..^1], -1]);
}
