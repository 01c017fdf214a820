using System.Diagnostics.CodeAnalysis;

namespace Evoke.Encoders.Torch;

/// <summary>The number format of a network's arithmetic. Weights are kept in float32 whatever it is.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "float32 is what the field calls it, on every command line too.")]
public enum Precision
{
    /// <summary>IEEE single: exact and reproducible on one machine.</summary>
    Float32,

    /// <summary>8 bits of mantissa: 3 to 4 times as fast as float32 where the chip has it, slower where it does not.</summary>
    BFloat16,
}

/// <summary>Names of precisions, and the fastest one of a machine.</summary>
public static class PrecisionNames
{
    /// <summary>The fastest precision that a device has: bfloat16 on a GPU and on processors with AVX512_BF16 or AMX, else float32.</summary>
    public static Precision FastestOn(ComputeDevice device, CpuFeatures? cpu = null) =>
        device.IsCuda || (cpu ?? CpuFeatures.Current).HasFastBFloat16 ? Precision.BFloat16 : Precision.Float32;

    /// <summary>Reads "float32" or "bfloat16"; "fastest" is <see cref="FastestOn"/>.</summary>
    /// <exception cref="PrecisionException">The text is none of these.</exception>
    public static Precision Parse(string text, ComputeDevice device) => text switch
    {
        "float32" => Precision.Float32,
        "bfloat16" => Precision.BFloat16,
        "fastest" => FastestOn(device),
        _ => throw new PrecisionException($"'{text}' is not a precision; expected float32, bfloat16 or fastest."),
    };

    /// <summary>"float32" or "bfloat16".</summary>
    public static string NameOf(Precision precision) => precision switch
    {
        Precision.Float32 => "float32",
        Precision.BFloat16 => "bfloat16",
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, "Unknown precision."),
    };
}
