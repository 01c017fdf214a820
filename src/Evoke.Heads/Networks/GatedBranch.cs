using System.Globalization;
using static TorchSharp.torch;

namespace Evoke.Heads.Networks;

/// <summary>Gate, linear layer, gate: one of EmoBase's three ways from the joined states to one number per emotion. Its modules are the head's, which
/// disposes them.</summary>
internal readonly record struct GatedBranch(ContextGate GateIn, FullyConnectedLayer Linear, ContextGate GateOut)
{
    /// <summary>Makes branch <paramref name="number"/> (from 1) of the head that <paramref name="register"/> belongs to: gates 2n-1 and 2n, linear layer n,
    /// as the authors name them.</summary>
    public static GatedBranch Create(int number, InitialWeights initial, int inputs, int outputs, Action<string, nn.Module> register)
    {
        (string gateIn, string linear, string gateOut) = NamesOf(number);
        GatedBranch branch = new(
            new ContextGate(initial.Under(gateIn), inputs),
            new FullyConnectedLayer(initial.Under(linear), inputs, outputs),
            new ContextGate(initial.Under(gateOut), outputs));
        register(gateIn, branch.GateIn);
        register(linear, branch.Linear);
        register(gateOut, branch.GateOut);
        return branch;
    }

    /// <summary>The tensors of such a branch, in the order of the state dict.</summary>
    public static IEnumerable<ParameterSpec> Describe(int number, int inputs, int outputs)
    {
        (string gateIn, string linear, string gateOut) = NamesOf(number);
        return [.. ContextGate.Describe(gateIn, inputs), .. FullyConnectedLayer.Describe(linear, inputs, outputs), .. ContextGate.Describe(gateOut, outputs)];
    }

    /// <summary>[..., inputs] in any type to [..., outputs] in float32.</summary>
    public Tensor Forward(Tensor input) => GateOut.forward(Linear.forward(GateIn.forward(input)).to(ScalarType.Float32));

    private static (string GateIn, string Linear, string GateOut) NamesOf(int number) => (
        string.Create(CultureInfo.InvariantCulture, $"contextGate{(2 * number) - 1}"),
        string.Create(CultureInfo.InvariantCulture, $"linear{number}"),
        string.Create(CultureInfo.InvariantCulture, $"contextGate{2 * number}"));
}
