using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Evoke.Kernels.Torch;
using static TorchSharp.torch;

namespace Evoke.Kernels.Layers;

/// <summary>Transposes float32 matrices on all cores: several times as fast as libtorch's copy, which copies columns of a larger matrix one by one.</summary>
internal static unsafe class Transposition
{
    private const int Tile = 8;

    // Of rows and of columns: a block is read and written within the first-level cache.
    private const int Block = 8 * Tile;

    /// <summary>Copies [m, n] to [n, m].</summary>
    /// <param name="source">On the CPU; each row in one piece, rows at any distance from each other.</param>
    /// <param name="destination">Contiguous, on the CPU.</param>
    public static void Copy(Tensor source, Tensor destination)
    {
        int rows = (int)source.shape[0], columns = (int)source.shape[1];
        using Tensor firstRow = source.select(0, 0); // a contiguous view
        nint from = (nint)TensorMemory.PointerTo(firstRow), to = (nint)TensorMemory.PointerTo(destination);
        nint stride = (nint)source.stride(0);
        Parallel.For(0, (columns + Block - 1) / Block, block =>
        {
            int first = block * Block, end = Math.Min(first + Block, columns);
            for (int row = 0; row < rows; row += Block)
            {
                CopyBlock((float*)from, stride, (float*)to, rows, (row, Math.Min(row + Block, rows)), (first, end));
            }
        });
    }

    private static void CopyBlock(float* from, nint stride, float* to, nint toStride, (int First, int End) rows, (int First, int End) columns)
    {
        int column = columns.First;
        for (; Avx.IsSupported && column + Tile <= columns.End; column += Tile)
        {
            int row = rows.First;
            for (; row + Tile <= rows.End; row += Tile)
            {
                CopyTile(from + (row * stride) + column, stride, to + (column * toStride) + row, toStride);
            }

            CopyNumbers(from, stride, to, toStride, (row, rows.End), (column, column + Tile));
        }

        CopyNumbers(from, stride, to, toStride, rows, (column, columns.End));
    }

    private static void CopyNumbers(float* from, nint stride, float* to, nint toStride, (int First, int End) rows, (int First, int End) columns)
    {
        for (int column = columns.First; column < columns.End; column++)
        {
            for (int row = rows.First; row < rows.End; row++)
            {
                to[(column * toStride) + row] = from[(row * stride) + column];
            }
        }
    }

    // Eight rows of eight: pairs, then fours, then halves change places.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyTile(float* from, nint stride, float* to, nint toStride)
    {
        Vector256<float> r0 = Vector256.Load(from), r1 = Vector256.Load(from + stride);
        Vector256<float> r2 = Vector256.Load(from + (2 * stride)), r3 = Vector256.Load(from + (3 * stride));
        Vector256<float> r4 = Vector256.Load(from + (4 * stride)), r5 = Vector256.Load(from + (5 * stride));
        Vector256<float> r6 = Vector256.Load(from + (6 * stride)), r7 = Vector256.Load(from + (7 * stride));
        (Vector256<float> a0, Vector256<float> a1, Vector256<float> a2, Vector256<float> a3) = Fours(r0, r1, r2, r3);
        (Vector256<float> b0, Vector256<float> b1, Vector256<float> b2, Vector256<float> b3) = Fours(r4, r5, r6, r7);
        Avx.Permute2x128(a0, b0, 0x20).Store(to);
        Avx.Permute2x128(a1, b1, 0x20).Store(to + toStride);
        Avx.Permute2x128(a2, b2, 0x20).Store(to + (2 * toStride));
        Avx.Permute2x128(a3, b3, 0x20).Store(to + (3 * toStride));
        Avx.Permute2x128(a0, b0, 0x31).Store(to + (4 * toStride));
        Avx.Permute2x128(a1, b1, 0x31).Store(to + (5 * toStride));
        Avx.Permute2x128(a2, b2, 0x31).Store(to + (6 * toStride));
        Avx.Permute2x128(a3, b3, 0x31).Store(to + (7 * toStride));
    }

    // Of four rows: columns 0 and 4, 1 and 5, 2 and 6, 3 and 7.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> First, Vector256<float> Second, Vector256<float> Third, Vector256<float> Fourth) Fours(
        Vector256<float> r0, Vector256<float> r1, Vector256<float> r2, Vector256<float> r3)
    {
        Vector256<float> low01 = Avx.UnpackLow(r0, r1), high01 = Avx.UnpackHigh(r0, r1), low23 = Avx.UnpackLow(r2, r3), high23 = Avx.UnpackHigh(r2, r3);
        return (Avx.Shuffle(low01, low23, 0x44), Avx.Shuffle(low01, low23, 0xEE), Avx.Shuffle(high01, high23, 0x44), Avx.Shuffle(high01, high23, 0xEE));
    }
}
