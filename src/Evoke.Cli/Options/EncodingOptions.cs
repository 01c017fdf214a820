using System.CommandLine;
using Evoke.Cli.Shell;
using Evoke.Cli.Verbs;
using Evoke.Encoders;
using Evoke.Encoders.Catalog;
using Evoke.Kernels.Torch;

namespace Evoke.Cli.Options;

/// <summary>The options of every verb that encodes pictures or sound: which weights, where and how networks run.</summary>
internal sealed class EncodingOptions
{
    private readonly PathOption<string?> _visualWeights = new("--visual-weights", PathRole.InputFile)
    {
        Description = "Weight file of the visual encoder, instead of the weights that 'evoke models pull' or 'import' installed. For an onnx: encoder or a "
            + "preset its ONNX file, wherever it is now; FILE may end in #OUTPUT.",
        HelpName = "FILE",
    };

    private readonly PathOption<string?> _audioWeights = new("--audio-weights", PathRole.InputFile)
    {
        Description = "Weight file of the audio encoder, as --visual-weights.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _precision = new("--precision")
    {
        Description = "Precision of the networks: float32, bfloat16, int8 (Swin only) or fastest. Default: fastest, or float32 for a model that was "
            + "trained on float32 features.",
        HelpName = "PRECISION",
    };

    private readonly Option<string> _device = SharedOptions.Device();

    private readonly Option<int?> _threads = NumberOptions.CountOrNone("--threads", "Number of threads for the networks. Default: the number of cores.", "N");

    /// <summary>The options that only have an effect where something is encoded.</summary>
    public Symbol[] OfEncoders => [_visualWeights, _audioWeights, _precision];

    /// <summary>All options.</summary>
    public Option[] All => [_visualWeights, _audioWeights, _precision, _device, _threads];

    /// <summary>Declares the options on a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_visualWeights);
        verb.Add(_audioWeights);
        verb.Add(_precision);
        verb.Add(_device);
        verb.Add(_threads);
    }

    /// <summary>The precision as it was given; null if it was not.</summary>
    public string? PrecisionOf(VerbContext context) => context.Get(_precision);

    /// <summary>True if a precision was given.</summary>
    public bool IsPrecisionGiven(VerbContext context) => context.IsGiven(_precision);

    /// <summary>Refuses options that have no effect on what runs.</summary>
    /// <param name="context">The command line.</param>
    /// <param name="visual">The visual encoder that runs; null for none.</param>
    /// <param name="audio">The audio encoder that runs; null for none.</param>
    /// <param name="headRuns">True if a trained head runs too.</param>
    /// <exception cref="WrongUseException">One has no effect; the message says why.</exception>
    public void ThrowIfIdle(VerbContext context, string? visual, string? audio, bool headRuns)
    {
        EncoderCatalog catalog = EncoderCatalog.CreateDefault();
        if ((visual is not null && !catalog.Visual.Contains(visual)) || (audio is not null && !catalog.Audio.Contains(audio)))
        {
            return; // Creating the encoder reports the unknown name.
        }

        bool seesByNetwork = visual is not null && catalog.Visual.IsNetwork(visual), hearsByNetwork = audio is not null && catalog.Audio.IsNetwork(audio);
        bool seesInPrecision = visual is not null && catalog.Visual.HasPrecision(visual);
        bool hearsInPrecision = audio is not null && catalog.Audio.HasPrecision(audio);
        bool isFloat = !string.Equals(context.Get(_precision), PrecisionNames.NameOf(Precision.Int8), StringComparison.OrdinalIgnoreCase);
        ThrowIfGiven(!seesByNetwork, _visualWeights, visual is null ? "no picture is encoded" : $"{visual} has no weights");
        ThrowIfGiven(!hearsByNetwork, _audioWeights, audio is null ? "no sound is encoded" : $"{audio} has no weights");
        ThrowIfGiven(
            !seesInPrecision && !(hearsInPrecision && isFloat),
            _precision,
            hearsInPrecision ? "int8 is for visual networks only" : "no encoder that runs here has a choice of precision");
        ThrowIfGiven(!seesByNetwork && !hearsByNetwork && !headRuns, _device, "no network runs here");
        ThrowIfGiven(!seesInPrecision && !hearsInPrecision && !headRuns, _threads, "no network that runs here uses them");

        void ThrowIfGiven(bool isIdle, Option option, string reason)
        {
            if (isIdle && context.IsGiven(option))
            {
                throw new WrongUseException($"{option.Name} has no effect: {reason}.");
            }
        }
    }

    /// <summary>How the visual encoder is to run.</summary>
    public EncoderOptions Visual(VerbContext context) => Of(context, context.Get(_visualWeights));

    /// <summary>How the audio encoder is to run.</summary>
    public EncoderOptions Audio(VerbContext context) => Of(context, context.Get(_audioWeights)).ForSound;

    /// <summary>Where the networks run.</summary>
    /// <exception cref="ComputeDeviceException">The text is not a device.</exception>
    public ComputeDevice Device(VerbContext context) => ComputeDevice.Parse(context.GetRequired(_device));

    /// <summary>
    /// Sets the threads of the whole program and checks that the machine has the device. Verbs call it once, before they create their first encoder.
    /// </summary>
    /// <param name="context">The command line.</param>
    /// <param name="needsTorch">False if only ONNX Runtime runs networks, which has devices of its own and says so when it loads one.</param>
    /// <exception cref="ComputeDeviceException">The text is not a device, or the machine does not have it.</exception>
    public void StartProgram(VerbContext context, bool needsTorch = true)
    {
        if (context.Get(_threads) is { } threads)
        {
            TorchRuntime.UseThreads(threads);
        }

        // A missing GPU is reported before any weights are read. The CPU does not need libtorch for that.
        if (Device(context) is { IsCuda: true } device && needsTorch)
        {
            TorchRuntime.Resolve(device);
        }
    }

    private EncoderOptions Of(VerbContext context, string? weights)
    {
        ComputeDevice device = Device(context);
        return new EncoderOptions
        {
            Device = device,
            Precision = context.Get(_precision) is { } precision ? PrecisionNames.Parse(precision, device) : null,
            WeightsFile = weights,
        };
    }
}
