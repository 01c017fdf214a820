using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Evoke.Kernels.Attention;
using static TorchSharp.torch;

namespace Evoke.Kernels.OneDnn;

/// <summary>Numbers in 8 bits: value ≈ (whole - zero) * scale, whole from 0 to 255, so that the smallest value, the largest value and 0 are
/// preserved.</summary>
/// <param name="Whole">The shape of the values, bytes.</param>
/// <param name="Scale">A scalar, float32.</param>
/// <param name="Zero">A scalar, int32: the whole number that stands for 0.</param>
internal readonly unsafe record struct QuantisedTensor(Tensor Whole, Tensor Scale, Tensor Zero)
{
    private const int Lanes = 16;
    private const int Shares = 16;
    private const int Levels = 255;
    private const float SmallestScale = 1e-12f;

    /// <summary>Quantises numbers by their own range.</summary>
    /// <param name="values">Float32 or bfloat16, contiguous, a multiple of 16 numbers.</param>
    /// <exception cref="ArgumentException">They are not.</exception>
    public static QuantisedTensor Of(Tensor values)
    {
        bool isBFloat16 = values.dtype == ScalarType.BFloat16;
        if (values.numel() % Lanes != 0 || !values.is_contiguous() || !(isBFloat16 || values.dtype == ScalarType.Float32))
        {
            throw new ArgumentException(
                $"Expected contiguous float32 or bfloat16, a multiple of {Lanes} numbers; found {values.dtype} [{string.Join(", ", values.shape)}].",
                nameof(values));
        }

        int vectors = checked((int)(values.numel() / Lanes));
        Tensor whole = empty(values.shape, ScalarType.Byte);
        fixed (byte* from = values.bytes, to = whole.bytes)
        {
            Source source = new((nint)from, isBFloat16);
            (float least, float most) = Range(source, vectors);
            float scale = Math.Max((most - least) / Levels, SmallestScale);
            int zero = (int)MathF.Round(-least / scale);
            nint target = (nint)to;
            OpenMpTeam.For(Shares, (first, end) => Round(source, (byte*)target, Start(vectors, first), Start(vectors, end), 1 / scale, zero));
            return new QuantisedTensor(whole, tensor(scale), tensor(zero));
        }
    }

    // The smallest and the largest number, and 0, which must be one of the levels.
    private static (float Least, float Most) Range(Source source, int vectors)
    {
        (float Least, float Most)[] ranges = new (float, float)[Shares];
        OpenMpTeam.For(Shares, (first, end) =>
        {
            for (int share = first; share < end; share++)
            {
                ranges[share] = RangeOf(source, Start(vectors, share), Start(vectors, share + 1));
            }
        });
        return (ranges.Min(range => range.Least), ranges.Max(range => range.Most));
    }

    private static int Start(int vectors, int share) => (int)((long)vectors * share / Shares);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (float Least, float Most) RangeOf(Source source, int first, int end)
    {
        Vector512<float> low = Vector512<float>.Zero, high = Vector512<float>.Zero;
        for (int i = first; i < end; i++)
        {
            Vector512<float> values = source.Load(i);
            low = Avx512F.Min(low, values);
            high = Avx512F.Max(high, values);
        }

        (float least, float most) = (0, 0);
        for (int lane = 0; lane < Lanes; lane++)
        {
            least = Math.Min(least, low[lane]);
            most = Math.Max(most, high[lane]);
        }

        return (least, most);
    }

    // Negative numbers would wrap to the highest: they are cut off first, the others by the conversion.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Round(Source source, byte* whole, int first, int end, float factor, int zero)
    {
        Vector512<int> offset = Vector512.Create(zero);
        for (int i = first; i < end; i++)
        {
            Vector512<int> rounded = Avx512F.ConvertToVector512Int32(source.Load(i) * factor) + offset;
            Avx512F.ConvertToVector128ByteWithSaturation(Vector512.Max(rounded, Vector512<int>.Zero).AsUInt32()).Store(whole + ((long)i * Lanes));
        }
    }

    private readonly record struct Source(nint Start, bool IsBFloat16)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Load(int vector) => IsBFloat16
            ? BFloat16Vector.Load((ushort*)Start + ((long)vector * Lanes))
            : Vector512.Load((float*)Start + ((long)vector * Lanes));
    }
}
