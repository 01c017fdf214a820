using System.CommandLine;
using Evoke.Encoders;
using Evoke.Kernels.Torch;

namespace Evoke.Cli;

/// <summary>The options of every verb that encodes pictures or sound: which weights, where and how networks run.</summary>
internal sealed class EncodingOptions
{
    private readonly Option<string?> _visualWeights = new("--visual-weights")
    {
        Description = "Weights of the visual encoder: a file at hand in place of the one that 'evoke models pull' fetches.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _audioWeights = new("--audio-weights")
    {
        Description = "Weights of the audio encoder: a file at hand.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _precision = new("--precision")
    {
        Description = "Arithmetic of the networks: float32, bfloat16, int8 or fastest; int8 is Swin's, sound stays in floating point. Without it, the fastest; a model of float32 features gets float32.",
        HelpName = "PRECISION",
    };

    private readonly Option<string> _device = SharedOptions.Device();

    private readonly Option<int?> _threads = new("--threads")
    {
        Description = "Threads of the networks. Without it, as many as there are cores.",
        HelpName = "N",
        Validators = { SharedOptions.MustBePositive },
    };

    /// <summary>Declares the options on a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_visualWeights);
        verb.Add(_audioWeights);
        verb.Add(_precision);
        verb.Add(_device);
        verb.Add(_threads);
    }

    /// <summary>True if the person asked for a precision.</summary>
    public bool IsPrecisionGiven(VerbContext context) => context.IsGiven(_precision);

    /// <summary>How the visual encoder is to run.</summary>
    public EncoderOptions Visual(VerbContext context) => Of(context, context.Get(_visualWeights));

    /// <summary>How the audio encoder is to run.</summary>
    public EncoderOptions Audio(VerbContext context) => Of(context, context.Get(_audioWeights)).ForSound;

    /// <summary>Where the networks run.</summary>
    /// <exception cref="ComputeDeviceException">The text is not a device.</exception>
    public ComputeDevice Device(VerbContext context) => ComputeDevice.Parse(context.GetRequired(_device));

    /// <summary>Sets the threads of the whole program and looks whether it has the device. Verbs call it once, before they make their first encoder.</summary>
    /// <exception cref="ComputeDeviceException">The text is not a device, or the machine does not have it.</exception>
    public void StartProgram(VerbContext context)
    {
        if (context.Get(_threads) is { } threads)
        {
            TorchRuntime.UseThreads(threads);
        }

        // A missing GPU is named before any weights are read, and also where nothing but descriptors is made. The CPU needs no libtorch for that.
        if (Device(context) is { IsCuda: true } device)
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
