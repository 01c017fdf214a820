namespace Evoke.Encoders.Networks.Swin;

/// <summary>The orders in which a square of tokens is kept. An order lists, for each place, the row-major position of the token there.</summary>
/// <remarks>
/// Everything in a Swin stage but attention treats tokens alike, so tokens stay in the order of their windows: a shift of windows, the
/// return from windows and the merging of patches are each one gather, where the reference rolls and copies four times a block.
/// </remarks>
internal static class TokenOrder
{
    /// <summary>Row by row.</summary>
    public static long[] RowMajor(int side) => [.. Enumerable.Range(0, side * side).Select(i => (long)i)];

    /// <summary>Window by window, row by row within each, after the square was rolled by -<paramref name="shift"/> in both directions.</summary>
    public static long[] Windows(int side, int window, int shift)
    {
        long[] order = new long[side * side];
        int place = 0;
        for (int windowY = 0; windowY < side; windowY += window)
        {
            for (int windowX = 0; windowX < side; windowX += window)
            {
                for (int y = windowY; y < windowY + window; y++)
                {
                    for (int x = windowX; x < windowX + window; x++)
                    {
                        order[place++] = ((y + shift) % side * side) + ((x + shift) % side);
                    }
                }
            }
        }

        return order;
    }

    /// <summary>
    /// The four tokens of each 2x2 patch after each other, top left, bottom left, top right, bottom right, patches in <paramref name="coarse"/>
    /// order: four neighbouring rows are then one row of the merged tokens.
    /// </summary>
    /// <param name="side">Side of the fine square.</param>
    /// <param name="coarse">Order of the square of half the side.</param>
    public static long[] Merging(int side, long[] coarse)
    {
        int half = side / 2;
        long[] order = new long[side * side];
        for (int i = 0; i < coarse.Length; i++)
        {
            (long y, long x) = (coarse[i] / half * 2, coarse[i] % half * 2);
            order[4 * i] = (y * side) + x;
            order[(4 * i) + 1] = ((y + 1) * side) + x;
            order[(4 * i) + 2] = (y * side) + x + 1;
            order[(4 * i) + 3] = ((y + 1) * side) + x + 1;
        }

        return order;
    }

    /// <summary>For each place of order <paramref name="to"/>, the place in order <paramref name="from"/> of the same token.</summary>
    public static long[] Between(long[] from, long[] to)
    {
        long[] placeOf = new long[from.Length];
        for (int i = 0; i < from.Length; i++)
        {
            placeOf[from[i]] = i;
        }

        return [.. to.Select(position => placeOf[position])];
    }
}
