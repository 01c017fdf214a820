using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Evoke.Encoders.LowLevel.Visual;

/// <summary>Sums of absolute differences of bytes: how unlike two rows or two blocks of pixels are.</summary>
internal static class AbsoluteDifferences
{
    /// <summary>Width and height of a block in pixels.</summary>
    public const int BlockSize = 8;

    /// <summary>Sum of |a[i] - b[i]|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // otherwise short films end before the code is optimised
    public static int Sum(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        b = b[..a.Length];
        int sum = 0;
        int i = 0;
        for (; i <= a.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            sum += Sum(Vector128.Create(a[i..]), Vector128.Create(b[i..]));
        }

        for (; i < a.Length; i++)
        {
            sum += Math.Abs(a[i] - b[i]);
        }

        return sum;
    }

    /// <summary>How many |a[i] - b[i]| are above <paramref name="threshold"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // otherwise short films end before the code is optimised
    public static int CountAbove(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, byte threshold)
    {
        b = b[..a.Length];
        int count = 0;
        int i = 0;
        Vector128<byte> limit = Vector128.Create(threshold);
        for (; i <= a.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            Vector128<byte> above = Vector128.GreaterThan(Difference(Vector128.Create(a[i..]), Vector128.Create(b[i..])), limit);
            count += int.PopCount((int)above.ExtractMostSignificantBits());
        }

        for (; i < a.Length; i++)
        {
            count += Math.Abs(a[i] - b[i]) > threshold ? 1 : 0;
        }

        return count;
    }

    /// <summary>Sum over a block of 8 by 8 pixels of two planes whose rows are <paramref name="stride"/> bytes apart.</summary>
    /// <param name="a">The block's first pixel in one plane; the caller ensures that all 8 rows lie within it.</param>
    /// <param name="b">The block's first pixel in the other plane, likewise.</param>
    /// <param name="stride">Bytes from row to row, in both.</param>
    /// <param name="enough">Once the upper half of the block exceeds this, the lower half is skipped.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe int SumBlock(byte* a, byte* b, int stride, int enough)
    {
        int upper = Sum(TwoRows(a, stride), TwoRows(b, stride)) + Sum(TwoRows(a + (2 * stride), stride), TwoRows(b + (2 * stride), stride));
        return upper > enough
            ? upper
            : upper + Sum(TwoRows(a + (4 * stride), stride), TwoRows(b + (4 * stride), stride))
                + Sum(TwoRows(a + (6 * stride), stride), TwoRows(b + (6 * stride), stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector128<byte> TwoRows(byte* first, int stride)
        => Vector128.Create(Unsafe.ReadUnaligned<ulong>(first), Unsafe.ReadUnaligned<ulong>(first + stride)).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Sum(Vector128<byte> a, Vector128<byte> b)
    {
        if (Sse2.IsSupported)
        {
            Vector128<int> halves = Sse2.SumAbsoluteDifferences(a, b).AsInt32();
            return halves.ToScalar() + halves.GetElement(2);
        }

        (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Difference(a, b));
        return Vector128.Sum(low + high); // 16 differences of at most 255 fit 16 bits
    }

    private static Vector128<byte> Difference(Vector128<byte> a, Vector128<byte> b) => Vector128.Max(a, b) - Vector128.Min(a, b);
}
