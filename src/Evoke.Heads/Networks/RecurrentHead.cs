using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Evoke.Heads.Networks;

/// <summary>A head with a recurrent network per modality that it has, under the authors' names; the modalities are joined late.</summary>
internal abstract class RecurrentHead : ReactionHead
{
    internal const string VisualName = "image_gru";
    internal const string AudioName = "audio_gru";

    [ComponentName(Name = VisualName)]
    private readonly Gru? _visual;

    [ComponentName(Name = AudioName)]
    private readonly Gru? _audio;

    private protected RecurrentHead(RecurrentHeadConfig config, InitialWeights initial)
        : base(config, new DropoutSource(config.Dropout))
    {
        if (config.VisualWidth > 0)
        {
            _visual = new Gru(initial.Under(VisualName), config.VisualWidth, config.VisualHidden, config.Layers, config.Bidirectional, Dropout);
        }

        if (config.AudioWidth > 0)
        {
            _audio = new Gru(initial.Under(AudioName), config.AudioWidth, config.AudioHidden, config.Layers, config.Bidirectional, Dropout);
        }
    }

    /// <summary>Encodes each modality by itself and joins them.</summary>
    /// <param name="visual">[B, T, visual width], or null for a head without visual input.</param>
    /// <param name="audio">[B, T, audio width], or null for a head without audio input.</param>
    private protected ModalityStates Encode(Tensor? visual, Tensor? audio)
    {
        Tensor? seen = _visual?.forward(visual!); // [B, T, visual hidden * directions]
        Tensor? heard = _audio?.forward(audio!); // [B, T, audio hidden * directions]
        Tensor joined = seen is not null && heard is not null ? cat([seen, heard], dim: 2) : (seen ?? heard)!; // [B, T, joined]
        return new ModalityStates(joined, seen, heard);
    }
}

/// <summary>The outputs of a head's recurrent networks: [B, T, width] each.</summary>
internal readonly record struct ModalityStates(Tensor Joined, Tensor? Visual, Tensor? Audio);
