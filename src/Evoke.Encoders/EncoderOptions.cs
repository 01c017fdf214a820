using Evoke.Features;
using Evoke.Kernels.Torch;

namespace Evoke.Encoders;

/// <summary>How an encoder is to run. What changes its numbers, the device's rounding apart, is in its <see cref="EncoderIdentity"/> too.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record EncoderOptions
{
    /// <summary>Where networks run.</summary>
    public ComputeDevice Device { get; init; } = ComputeDevice.Cpu;

    /// <summary>The arithmetic of networks; null for the fastest that the encoder's tests show to be harmless on <see cref="Device"/>.</summary>
    public Precision? Precision { get; init; }

    /// <summary>
    /// A file with the encoder's weights; null to take those of the cache. For an ONNX encoder another file than its name says, as FILE or FILE#OUTPUT.
    /// </summary>
    public string? WeightsFile { get; init; }

    /// <summary>
    /// The encoder that a model was trained on, if it is to run for a model: an ONNX encoder takes its preprocessing and its output from there, not from the
    /// JSON beside its file. Null for none.
    /// </summary>
    public EncoderIdentity? Trained { get; init; }

    /// <summary>The folder of that model's file: an ONNX file that is not where its name says is looked for there. Null for none.</summary>
    public string? ModelFolder { get; init; }

    /// <summary>Where pretrained weights are kept; null for <c>$EVOKE_HOME</c>, else <c>~/.cache/evoke</c>.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>The same for the sound beside a picture: int8 is the picture's alone, and sound then has the fastest of floating point.</summary>
    public EncoderOptions ForSound => Precision == Kernels.Torch.Precision.Int8 ? this with { Precision = null } : this;

    /// <summary>The CPU, the fastest harmless precision, the usual cache.</summary>
    public static EncoderOptions Default { get; } = new();
}
