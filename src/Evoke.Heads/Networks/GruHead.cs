using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Evoke.Heads.Networks;

/// <summary>
/// The paper's head (Lin et al., "Less is More", section 3.1): a bidirectional GRU per modality, joined late, two context gates, a sigmoid.
/// State-dict names are those of the authors' checkpoints.
/// </summary>
public sealed class GruHead : RecurrentHead
{
    [ComponentName(Name = "contextGate1")]
    private readonly ContextGate _gateIn;

    [ComponentName(Name = "linear")]
    private readonly Linear _linear;

    [ComponentName(Name = "contextGate2")]
    private readonly ContextGate _gateOut;

    internal GruHead(GruHeadConfig config)
        : base(config)
    {
        _gateIn = new ContextGate(config.JoinedWidth);
        _linear = nn.Linear(config.JoinedWidth, config.Emotions);
        _gateOut = new ContextGate(config.Emotions);
        RegisterComponents();
    }

    private protected override HeadOutput Compute(Tensor? visual, Tensor? audio)
    {
        ModalityStates states = Encode(visual, audio);
        Tensor gated = _gateIn.forward(states.Joined); // [B, T, joined]

        // From here on numbers are few: float32 costs nothing and keeps small curves exact.
        Tensor scores = LinearLayer.Apply(_linear, gated).to(ScalarType.Float32); // [B, T, E]
        Tensor curves = _gateOut.forward(scores).sigmoid(); // [B, T, E]
        return new HeadOutput(curves) { VisualStates = states.Visual, AudioStates = states.Audio };
    }
}
