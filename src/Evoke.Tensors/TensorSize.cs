namespace Evoke.Tensors;

/// <summary>Computes sizes from untrusted shapes, where a product may overflow.</summary>
internal static class TensorSize
{
    // More dimensions than any network has; prevents a hostile shape from being a list of millions.
    public const int MaxRank = 32;

    /// <summary>Bytes of a contiguous tensor; false if a dimension is negative, there are too many, or the product does not fit in 63 bits.</summary>
    public static bool TryGetByteLength(DType type, ReadOnlySpan<long> shape, out long byteLength)
    {
        byteLength = 0;
        if (shape.Length > MaxRank)
        {
            return false;
        }

        Int128 product = type.Size();
        bool empty = false;
        foreach (long dimension in shape)
        {
            if (dimension < 0)
            {
                return false;
            }

            empty |= dimension == 0;
            product *= Math.Max(dimension, 1);
            if (product > long.MaxValue)
            {
                return false;
            }
        }

        byteLength = empty ? 0 : (long)product;
        return true;
    }

    /// <summary>Elements from one index to the next in each dimension of a gapless tensor of that shape.</summary>
    /// <param name="shape">Dimensions whose product is known to fit in 63 bits.</param>
    /// <param name="columnsFirst">True if the first index moves fastest, as in Fortran; false if the last does.</param>
    public static long[] Strides(ReadOnlySpan<long> shape, bool columnsFirst)
    {
        long[] strides = new long[shape.Length];
        long stride = 1;
        for (int i = 0; i < shape.Length; i++)
        {
            int dimension = columnsFirst ? i : shape.Length - 1 - i;
            strides[dimension] = stride;
            stride *= Math.Max(shape[dimension], 1);
        }

        return strides;
    }
}
