using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Evoke.Heads.Networks;

/// <summary>
/// The paper's head (Lin et al., "Less is More", section 3.1): a bidirectional GRU per modality, joined late, two context gates, a sigmoid.
/// State-dict names are those of the authors' checkpoints.
/// </summary>
internal sealed class GruHead : RecurrentHead
{
    [ComponentName(Name = "contextGate1")]
    private readonly ContextGate _gateIn;

    [ComponentName(Name = "linear")]
    private readonly FullyConnectedLayer _linear;

    [ComponentName(Name = "contextGate2")]
    private readonly ContextGate _gateOut;

    internal GruHead(GruHeadConfig config, InitialWeights initial)
        : base(config, initial)
    {
        _gateIn = new ContextGate(initial.Under("contextGate1"), config.JoinedWidth);
        _linear = new FullyConnectedLayer(initial.Under("linear"), config.JoinedWidth, config.Emotions);
        _gateOut = new ContextGate(initial.Under("contextGate2"), config.Emotions);
        RegisterComponents();
    }

    /// <inheritdoc/>
    /// <remarks>Sets biases.</remarks>
    public override bool StartAt(ReadOnlySpan<double> levels)
    {
        if (levels.Length != Config.Emotions || levels.ContainsAnyExceptInRange(double.Epsilon, Math.BitDecrement(1)))
        {
            throw new ArgumentException($"Expected {Config.Emotions} levels in (0, 1); found {string.Join(", ", levels.ToArray())}.", nameof(levels));
        }

        using IDisposable quiet = no_grad();
        using DisposeScope scope = NewDisposeScope();
        double[] wanted = new double[levels.Length];
        for (int i = 0; i < wanted.Length; i++)
        {
            wanted[i] = Math.Log(levels[i] / (1 - levels[i]));
        }

        Tensor scores = 2 * tensor(wanted, dtype: ScalarType.Float32, device: _linear.Weight.device); // [E]: the gate passes half of each
        _gateOut.OpenHalfAt(scores);
        _linear.Bias!.copy_(scores);
        return true;
    }

    /// <inheritdoc/>
    protected override HeadOutput Compute(Tensor? visual, Tensor? audio)
    {
        ModalityStates states = Encode(visual, audio);
        Tensor gated = _gateIn.forward(states.Joined); // [B, T, joined]

        // From here on there are few values: float32 costs nothing and keeps small curves exact.
        Tensor scores = _linear.forward(gated).to(ScalarType.Float32); // [B, T, E]
        Tensor curves = _gateOut.forward(scores).sigmoid(); // [B, T, E]
        return new HeadOutput(curves) { VisualStates = states.Visual, AudioStates = states.Audio };
    }
}
