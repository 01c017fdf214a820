using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Evoke.Heads.Networks;

/// <summary>
/// SML's head, first of the EEV challenge 2021: a temporal convolution network per modality; their curves are fused by a learned weighted sum.
/// It sees only the present and the past. Curves are not bounded: values may leave [0, 1].
/// </summary>
internal sealed class TcnHead : ReactionHead
{
    internal const string VisualName = "visual";
    internal const string AudioName = "audio";
    internal const string FusionName = "fusion";

    private readonly TcnHeadConfig _config;
    [ComponentName(Name = VisualName)]
    private readonly TcnBranch? _visual;

    [ComponentName(Name = AudioName)]
    private readonly TcnBranch? _audio;

    [ComponentName(Name = FusionName)]
    private readonly Parameter? _fusion; // [2]: the shares of picture and sound, at first one half each

    internal TcnHead(TcnHeadConfig config, InitialWeights initial)
        : base(config, new DropoutSource(config.Dropout))
    {
        _config = config;
        if (Fuses(config))
        {
            _fusion = nn.Parameter(full([2], 0.5f));
        }

        if (config.VisualWidth > 0)
        {
            _visual = new TcnBranch(initial.Under(VisualName), config.VisualWidth, config, Dropout);
        }

        if (config.AudioWidth > 0)
        {
            _audio = new TcnBranch(initial.Under(AudioName), config.AudioWidth, config, Dropout);
        }

        RegisterComponents();
    }

    internal static bool Fuses(TcnHeadConfig config) => config.VisualWidth > 0 && config.AudioWidth > 0;

    /// <inheritdoc/>
    protected override HeadOutput Compute(Tensor? visual, Tensor? audio)
    {
        Tensor? seen = _visual?.Encode(visual!); // [B, T, channels]
        Tensor? heard = _audio?.Encode(audio!); // [B, T, channels]
        Tensor? fromPicture = seen is null ? null : _visual!.Regress(seen); // [B, T, E]
        Tensor? fromSound = heard is null ? null : _audio!.Regress(heard); // [B, T, E]
        Tensor fused = _fusion is null ? (fromPicture ?? fromSound)! : (fromPicture! * _fusion[0]) + (fromSound! * _fusion[1]); // [B, T, E]
        return new HeadOutput(fused * _config.OutputScale) { VisualStates = seen, AudioStates = heard };
    }
}
