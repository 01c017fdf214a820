using System.CommandLine;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Encoders;
using Evoke.Encoders.Catalog;
using Evoke.Encoders.Extraction;
using Evoke.Features;
using Evoke.Kernels.Torch;

namespace Evoke.Cli.Options;

/// <summary>The options that select which features are extracted and how: visual and audio encoder, rate, and how networks run.</summary>
internal sealed class EncoderChoice
{
    private const string None = EncoderCatalog.None;

    private readonly EncoderCatalog _catalog = EncoderCatalog.CreateDefault();

    private readonly Option<string> _visual = new("--visual")
    {
        Description = $"Visual encoder: visual-lld, swin-l, inception-v3, se-resnext101 …, or {None}.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "visual-lld",
    };

    private readonly Option<string> _audio = new("--audio")
    {
        Description = $"Audio encoder: audio-lld, vggish …, or {None}.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "audio-lld",
    };

    private readonly Option<Hertz> _rate = SharedOptions.Rate("--rate", "Steps per second of the features.", "1");
    private readonly Option<int?> _audioTrack = SharedOptions.AudioTrack();
    private readonly EncodingOptions _encoding = new();
    private readonly HashSet<string> _told = [];

    /// <summary>Declares the options on a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_visual);
        verb.Add(_audio);
        verb.Add(_rate);
        verb.Add(_audioTrack);
        _encoding.AddTo(verb);
    }

    /// <summary>True if a precision was given.</summary>
    public bool IsPrecisionGiven(VerbContext context) => _encoding.IsPrecisionGiven(context);

    /// <summary>Sets the threads of the whole program and checks that the machine has the device: once, before the first encoder is made.</summary>
    /// <exception cref="ComputeDeviceException">The text is not a device, or the machine does not have it.</exception>
    public void StartProgram(VerbContext context) => _encoding.StartProgram(context, needsTorch: HasPrecision(context));

    /// <summary>Refuses encoders that leave nothing to extract, and options that have no effect on them. Loads nothing.</summary>
    /// <exception cref="WrongUseException">Neither visual nor audio features are extracted, or an option has no effect.</exception>
    public void Check(VerbContext context)
    {
        (string? visual, string? audio) = (NameOf(context, _visual), NameOf(context, _audio));
        if (visual is null && audio is null)
        {
            throw new WrongUseException("With --visual none and --audio none there is nothing to extract.");
        }

        if (audio is null && context.IsGiven(_audioTrack))
        {
            throw new WrongUseException($"{_audioTrack.Name} has no effect: no sound is encoded.");
        }

        _encoding.ThrowIfIdle(context, visual, audio, headRuns: false);
    }

    /// <summary>True if the features depend on the precision that networks run in. Loads nothing.</summary>
    public bool HasPrecision(VerbContext context) =>
        _catalog.Visual.HasPrecision(context.GetRequired(_visual)) || _catalog.Audio.HasPrecision(context.GetRequired(_audio));

    /// <summary>True if a network computes the features. Loads nothing.</summary>
    public bool RunsNetwork(VerbContext context) =>
        _catalog.Visual.IsNetwork(context.GetRequired(_visual)) || _catalog.Audio.IsNetwork(context.GetRequired(_audio));

    /// <summary>The name of the visual encoder; null if the picture is not encoded.</summary>
    public string? VisualName(VerbContext context) => NameOf(context, _visual);

    /// <summary>The visual encoder; null for none.</summary>
    public IVisualEncoder? Visual(VerbContext context) => NameOf(context, _visual) is { } name
        ? Told(context, "picture", _catalog.CreateVisual(name, _encoding.Visual(context)), encoder => encoder.Identity)
        : null;

    /// <summary>The audio encoder; null for none.</summary>
    public IAudioEncoder? Audio(VerbContext context) => NameOf(context, _audio) is { } name
        ? Told(context, "sound", _catalog.CreateAudio(name, _encoding.Audio(context)), encoder => encoder.Identity)
        : null;

    /// <summary>How videos are decoded and encoded: the requested rate and sound track.</summary>
    public ExtractionOptions Extraction(VerbContext context) => new() { Rate = context.GetRequired(_rate).Value, AudioTrack = context.Get(_audioTrack) };

    private static string? NameOf(VerbContext context, Option<string> option) => context.GetRequired(option) is var name and not None ? name : null;

    private TEncoder Told<TEncoder>(VerbContext context, string modality, TEncoder encoder, Func<TEncoder, EncoderIdentity> identity)
    {
        if (_told.Add(modality))
        {
            context.Detail($"encoder of the {modality}: {identity(encoder)}");
        }

        return encoder;
    }
}
