using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Evoke.Heads.Networks;

/// <summary>Scales each value of a step by a gate computed from all values of the step: x * sigmoid(W x + b), W square (Miech et al.,
/// arXiv:1706.06905).</summary>
/// <remarks>Not thread-safe: one thread at a time.</remarks>
public sealed class ContextGate : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "linear")]
    private readonly FullyConnectedLayer _linear;

    /// <summary>Creates a gate.</summary>
    /// <param name="initial">Its initial weights.</param>
    /// <param name="width">Values per step, in and out.</param>
    public ContextGate(InitialWeights initial, int width)
        : base(nameof(ContextGate))
    {
        ArgumentNullException.ThrowIfNull(initial);
        _linear = new FullyConnectedLayer(initial.Under("linear"), width, width);
        RegisterComponents();
    }

    /// <summary>The tensors of such a gate, in the order of its state dict.</summary>
    public static IEnumerable<ParameterSpec> Describe(string prefix, int width) => FullyConnectedLayer.Describe($"{prefix}.linear", width, width);

    /// <summary>Gates.</summary>
    /// <param name="input">[..., width], in any type: the weights are cast to it.</param>
    /// <returns>The shape and type of the input.</returns>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        return (input * _linear.forward(input).sigmoid()).MoveToOuterDisposeScope();
    }

    /// <summary>Sets the gate's bias so that it passes half of each value of <paramref name="input"/> through.</summary>
    /// <param name="input">[width], float32.</param>
    internal void OpenHalfAt(Tensor input)
    {
        using IDisposable quiet = no_grad();
        using DisposeScope scope = NewDisposeScope();
        _linear.Bias!.copy_(-_linear.Weight.matmul(input));
    }
}
