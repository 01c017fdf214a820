using System.Diagnostics.CodeAnalysis;

namespace Evoke.Kernels.Torch;

/// <summary>The number format of a network's arithmetic. Weights are kept in float32 whatever it is.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "float32 is what the field calls it, on every command line too.")]
public enum Precision
{
    /// <summary>IEEE single: exact and reproducible on one machine.</summary>
    Float32,

    /// <summary>8 bits of mantissa: 3 to 4 times as fast as float32 where the processor supports it, slower where it does not.</summary>
    BFloat16,

    /// <summary>
    /// 8-bit whole numbers in the linear layers of networks that offer it (Swin), floating point elsewhere: weights with a scale for each output, inputs
    /// with one for each call, so that a frame's feature depends in its last digits on the frames beside it.
    /// </summary>
    Int8,
}

/// <summary>Names of precisions, and the fastest one of a machine.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class PrecisionNames
{
    /// <summary>The name that leaves the choice to the device.</summary>
    public const string Fastest = "fastest";

    /// <summary>The fastest precision that a device has: bfloat16 on a GPU and on processors with AVX512_BF16 or AMX, else float32.</summary>
    public static Precision FastestOn(ComputeDevice device, CpuFeatures? cpu = null) =>
        device.IsCuda || (cpu ?? CpuFeatures.Current).HasFastBFloat16 ? Precision.BFloat16 : Precision.Float32;

    /// <summary>Reads "float32", "bfloat16" or "int8"; "fastest" is <see cref="FastestOn"/>.</summary>
    /// <exception cref="PrecisionException">The text is none of these, or int8 was requested where it cannot run.</exception>
    public static Precision Parse(string text, ComputeDevice device, CpuFeatures? cpu = null)
    {
        if (text == "int8")
        {
            ThrowIfNoInt8(device, cpu ?? CpuFeatures.Current);
        }

        return text switch
        {
            "float32" => Precision.Float32,
            "bfloat16" => Precision.BFloat16,
            "int8" => Precision.Int8,
            Fastest => FastestOn(device, cpu),
            _ => throw new PrecisionException($"'{text}' is not a precision; expected float32, bfloat16, int8 or fastest."),
        };
    }

    /// <summary>"float32", "bfloat16" or "int8".</summary>
    public static string NameOf(Precision precision) => precision switch
    {
        Precision.Float32 => "float32",
        Precision.BFloat16 => "bfloat16",
        Precision.Int8 => "int8",
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, "Unknown precision."),
    };

    /// <summary>Without AVX512_VNNI, sums of 8-bit products can overflow and are slow.</summary>
    internal static void ThrowIfNoInt8(ComputeDevice device, CpuFeatures cpu)
    {
        if (device.IsCuda)
        {
            throw new PrecisionException($"int8 runs on the CPU only, not on {device}; use bfloat16 there.");
        }

        if (!cpu.Avx512Vnni)
        {
            throw new PrecisionException(
                "int8 needs a processor with AVX512_VNNI, which this one does not have; use bfloat16 if the processor has it, else float32.");
        }
    }
}
