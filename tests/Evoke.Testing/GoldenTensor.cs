using System.Runtime.CompilerServices;
using System.Text;

namespace Evoke.Testing;

/// <summary>Deterministic numbers that any language can generate: the inputs and weights of the golden files.</summary>
public static class GoldenTensor
{
    /// <summary>u in [0,1): FNV-1a of the name, plus the index, through splitmix64, its upper 24 bits.</summary>
    public static double Unit(string name, long index)
    {
        ulong x = Hash(name) + (ulong)index;
        return UnitFromState(x);
    }

    /// <summary>r = 2u - 1 for <paramref name="count"/> elements, as float32.</summary>
    public static float[] SymmetricUnits(string name, int count, double scale = 1)
    {
        ulong hash = Hash(name);
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (float)(((2 * UnitFromState(hash + (ulong)i)) - 1) * scale);
        }

        return values;
    }

    /// <summary>u scaled, for <paramref name="count"/> elements, as float32.</summary>
    public static float[] Units(string name, int count, double scale = 1)
    {
        ulong hash = Hash(name);
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (float)(UnitFromState(hash + (ulong)i) * scale);
        }

        return values;
    }

    /// <summary>A weight by its state-dict name and shape: the first rule that fits its last part.</summary>
    public static float[] Weight(string name, ReadOnlySpan<long> shape)
    {
        float[] values = new float[Count(shape)];
        FillWeight(name, shape, values);
        return values;
    }

    /// <summary><see cref="Weight"/>, written to a given buffer on all processors: networks have hundreds of millions of weights.</summary>
    public static unsafe void FillWeight(string name, ReadOnlySpan<long> shape, Span<float> destination)
    {
        long count = Count(shape);
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.Length, count);
        (double bias, double scale, bool unit) = Rule(name[(name.LastIndexOf('.') + 1)..], shape, count);

        // bias + (2u - 1) * scale, with u = n / 2^24: one product, one sum.
        (double first, double step) = unit ? (bias, scale) : (bias - scale, 2 * scale);
        ulong hash = Hash(name);
        fixed (float* start = destination)
        {
            float* values = start;
            Parallel.For(0, (count + Piece - 1) / Piece, piece =>
            {
                long from = piece * Piece;
                FillPiece(new Span<float>(values + from, (int)Math.Min(Piece, count - from)), hash + (ulong)from, first, step);
            });
        }
    }

    // Optimised at once: this loop runs too few times, and too long, to wait for the second tier.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FillPiece(Span<float> values, ulong state, double first, double step)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(first + (UnitFromState(state + (ulong)i) * step));
        }
    }

    private const long Piece = 1 << 16;

    private static long Count(ReadOnlySpan<long> shape)
    {
        long count = 1;
        foreach (long n in shape)
        {
            count *= n;
        }

        return count;
    }

    private static (double Bias, double Scale, bool Unit) Rule(string last, ReadOnlySpan<long> shape, long count) => last switch
    {
        _ when last.StartsWith("weight_ih", StringComparison.Ordinal) || last.StartsWith("weight_hh", StringComparison.Ordinal)
            || last.StartsWith("bias_ih", StringComparison.Ordinal) || last.StartsWith("bias_hh", StringComparison.Ordinal)
            => (0.0, 1 / Math.Sqrt(shape[0] / 3.0), false),
        "running_var" => (1.0, 0.5, true),
        "running_mean" => (0.0, 0.1, false),
        "relative_position_bias_table" => (0.0, 0.5, false),
        "bias" => (0.0, 0.1, false),
        _ when shape.Length >= 2 => (0.0, Math.Sqrt(3.0 / (count / (double)shape[0])), false),
        _ => (1.0, 0.1, false),
    };

    private static ulong Hash(string name)
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (byte b in Encoding.UTF8.GetBytes(name))
        {
            hash = (hash ^ b) * 0x100000001B3;
        }

        return hash;
    }

    private static double UnitFromState(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        x ^= x >> 31;
        return (x >> 40) / 16777216.0;
    }
}
