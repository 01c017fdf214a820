using System.CommandLine;
using Evoke.Encoders;
using Evoke.Encoders.Extraction;

namespace Evoke.Cli;

/// <summary>The options that say which features are made: the encoder of the picture, that of the sound, and the rate.</summary>
internal sealed class EncoderChoice
{
    private const string None = "none";

    private readonly Option<string> _visual = new("--visual")
    {
        Description = $"Encoder of the picture: visual-lld, swin-l, inception-v3, se-resnext101 …, or {None}.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "visual-lld",
    };

    private readonly Option<string> _audio = new("--audio")
    {
        Description = $"Encoder of the sound: audio-lld, vggish …, or {None}.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "audio-lld",
    };

    private readonly Option<double> _rate = SharedOptions.Rate("--rate", "Steps per second of the features.", 1);

    private readonly Option<int?> _audioTrack = SharedOptions.AudioTrack();

    /// <summary>Declares the options on a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_visual);
        verb.Add(_audio);
        verb.Add(_rate);
        verb.Add(_audioTrack);
    }

    /// <summary>Says that nothing was chosen, if so.</summary>
    /// <exception cref="WrongUseException">Neither picture nor sound is to be encoded.</exception>
    public void ThrowIfNothing(VerbContext context)
    {
        if (context.Get(_visual) == None && context.Get(_audio) == None)
        {
            throw new WrongUseException("--visual none and --audio none leave nothing to extract.");
        }
    }

    /// <summary>True if the features depend on the precision that networks run in. Loads nothing.</summary>
    public bool HasPrecision(VerbContext context) =>
        EncoderCatalog.Default.Visual.HasPrecision(context.GetRequired(_visual)) || EncoderCatalog.Default.Audio.HasPrecision(context.GetRequired(_audio));

    /// <summary>The encoder of the picture; null for none.</summary>
    public IVisualEncoder? Visual(VerbContext context, EncodingOptions encoding) =>
        context.GetRequired(_visual) is var name and not None ? EncoderCatalog.Default.CreateVisual(name, encoding.Visual(context)) : null;

    /// <summary>The encoder of the sound; null for none.</summary>
    public IAudioEncoder? Audio(VerbContext context, EncodingOptions encoding) =>
        context.GetRequired(_audio) is var name and not None ? EncoderCatalog.Default.CreateAudio(name, encoding.Audio(context)) : null;

    /// <summary>What makes the features, at the rate that was asked for.</summary>
    public FeatureExtractor Extractor(VerbContext context, IVisualEncoder? visual, IAudioEncoder? audio) =>
        new(visual, audio, new ExtractionOptions { Rate = context.GetRequired(_rate), AudioTrack = context.Get(_audioTrack) });
}
