using Evoke.Features;
using Evoke.Kernels.Torch;

namespace Evoke.Encoders;

/// <summary>How an encoder is to run. What changes its numbers, the device's rounding apart, is in its <see cref="EncoderIdentity"/> too.</summary>
public sealed record EncoderOptions
{
    /// <summary>Where networks run.</summary>
    public ComputeDevice Device { get; init; } = ComputeDevice.Cpu;

    /// <summary>The arithmetic of networks; null for the fastest that the encoder's tests show to be harmless on <see cref="Device"/>.</summary>
    public Precision? Precision { get; init; }

    /// <summary>A file with the encoder's weights; null to take those of the cache.</summary>
    public string? WeightsFile { get; init; }

    /// <summary>Where pretrained weights are kept; null for <c>$EVOKE_HOME</c>, else <c>~/.cache/evoke</c>.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>The same for the sound beside a picture: int8 is the picture's alone, and sound then has the fastest of floating point.</summary>
    public EncoderOptions ForSound => Precision == Kernels.Torch.Precision.Int8 ? this with { Precision = null } : this;

    /// <summary>The CPU, the fastest harmless precision, the usual cache.</summary>
    public static EncoderOptions Default { get; } = new();
}
