using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Evoke.Kernels.Attention;

/// <summary>Products of matrices so small that they live in the innermost cache, in 512-bit vectors.</summary>
internal static unsafe class SmallMatrix
{
    /// <summary>Rows of the block that is computed at once: 14 sums of 16 numbers fill the registers and hide the latency of their additions.</summary>
    public const int Rows = 7;

    /// <summary>Columns of the block.</summary>
    public const int Columns = 32;

    private const int Lanes = 16;
    private const int Side = 4;

    /// <summary>c = a b for a [7, depth], b [depth, 32], c [7, 32], each with a stride from row to row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(float* a, int aStride, float* b, int bStride, int depth, float* c, int cStride)
    {
        Vector512<float> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default, c30 = default, c31 = default;
        Vector512<float> c40 = default, c41 = default, c50 = default, c51 = default, c60 = default, c61 = default;
        for (int k = 0; k < depth; k++)
        {
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + Lanes);
            Vector512<float> value = Vector512.Create(a[0]);
            c00 = Avx512F.FusedMultiplyAdd(value, b0, c00);
            c01 = Avx512F.FusedMultiplyAdd(value, b1, c01);
            value = Vector512.Create(a[aStride]);
            c10 = Avx512F.FusedMultiplyAdd(value, b0, c10);
            c11 = Avx512F.FusedMultiplyAdd(value, b1, c11);
            value = Vector512.Create(a[2 * aStride]);
            c20 = Avx512F.FusedMultiplyAdd(value, b0, c20);
            c21 = Avx512F.FusedMultiplyAdd(value, b1, c21);
            value = Vector512.Create(a[3 * aStride]);
            c30 = Avx512F.FusedMultiplyAdd(value, b0, c30);
            c31 = Avx512F.FusedMultiplyAdd(value, b1, c31);
            value = Vector512.Create(a[4 * aStride]);
            c40 = Avx512F.FusedMultiplyAdd(value, b0, c40);
            c41 = Avx512F.FusedMultiplyAdd(value, b1, c41);
            value = Vector512.Create(a[5 * aStride]);
            c50 = Avx512F.FusedMultiplyAdd(value, b0, c50);
            c51 = Avx512F.FusedMultiplyAdd(value, b1, c51);
            value = Vector512.Create(a[6 * aStride]);
            c60 = Avx512F.FusedMultiplyAdd(value, b0, c60);
            c61 = Avx512F.FusedMultiplyAdd(value, b1, c61);
            a++;
            b += bStride;
        }

        Store(c, c00, c01);
        Store(c += cStride, c10, c11);
        Store(c += cStride, c20, c21);
        Store(c += cStride, c30, c31);
        Store(c += cStride, c40, c41);
        Store(c += cStride, c50, c51);
        Store(c + cStride, c60, c61);
    }

    /// <summary>a [rows, columns] to b [columns, stride], 4 by 4 in registers; columns of b beyond the rows of a become 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(float* a, int rows, int columns, float* b, int stride)
    {
        for (int column = 0; column < columns; column++)
        {
            new Span<float>(b + (column * stride) + rows, stride - rows).Clear();
        }

        int row = 0;
        for (; row <= rows - Side; row += Side)
        {
            for (int column = 0; column < columns; column += Side)
            {
                TransposeBlock(a + (row * columns) + column, columns, b + (column * stride) + row, stride);
            }
        }

        for (; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                b[(column * stride) + row] = a[(row * columns) + column];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeBlock(float* a, int aStride, float* b, int bStride)
    {
        Vector128<float> a0 = Vector128.Load(a), a1 = Vector128.Load(a + aStride), a2 = Vector128.Load(a + (2 * aStride));
        Vector128<float> a3 = Vector128.Load(a + (3 * aStride));
        Vector128<float> low01 = Sse.UnpackLow(a0, a1), low23 = Sse.UnpackLow(a2, a3), high01 = Sse.UnpackHigh(a0, a1), high23 = Sse.UnpackHigh(a2, a3);
        Sse.MoveLowToHigh(low01, low23).Store(b);
        Sse.MoveHighToLow(low23, low01).Store(b + bStride);
        Sse.MoveLowToHigh(high01, high23).Store(b + (2 * bStride));
        Sse.MoveHighToLow(high23, high01).Store(b + (3 * bStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* row, Vector512<float> left, Vector512<float> right)
    {
        left.Store(row);
        right.Store(row + Lanes);
    }
}
