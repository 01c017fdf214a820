namespace Evoke.Encoders.Networks.Swin;

/// <summary>How the tokens of a stage fall into attention windows.</summary>
/// <param name="Side">Side of the square of tokens.</param>
/// <param name="Window">Side of a window; divides <paramref name="Side"/>.</param>
/// <param name="Shift">By how many tokens windows are shifted to the right and down; 0 for none.</param>
internal readonly record struct WindowGeometry(int Side, int Window, int Shift)
{
    // The reference's number: far below any score, and finite.
    private const float Forbidden = -100;

    /// <summary>Tokens of a window.</summary>
    public int WindowTokens => Window * Window;

    /// <summary>Windows of a picture.</summary>
    public int Windows => Side / Window * (Side / Window);

    /// <summary>All tokens.</summary>
    public int Tokens => Side * Side;

    /// <summary>The order in which the stage keeps its tokens while this geometry holds.</summary>
    public long[] Order => TokenOrder.Windows(Side, Window, Shift);

    /// <summary>For each pair of tokens of a window, the row of the relative position bias table: [window tokens, window tokens].</summary>
    public static long[] RelativePositionIndex(int window)
    {
        int tokens = window * window;
        long[] index = new long[tokens * tokens];
        for (int i = 0; i < tokens; i++)
        {
            for (int j = 0; j < tokens; j++)
            {
                int dy = (i / window) - (j / window) + window - 1;
                int dx = (i % window) - (j % window) + window - 1;
                index[(i * tokens) + j] = (dy * ((2 * window) - 1)) + dx;
            }
        }

        return index;
    }

    /// <summary>
    /// Which windows share a mask, by their place in a picture: 0 for those within, 1 for the last of each row, 2 for the last row, 3 for the last
    /// corner. Without a shift all are 0.
    /// </summary>
    public int[] Kinds()
    {
        int across = Side / Window;
        bool shifted = Shift > 0;
        return [.. Enumerable.Range(0, Windows).Select(i => (shifted && i % across == across - 1 ? 1 : 0) + (shifted && i / across == across - 1 ? 2 : 0))];
    }

    /// <summary>
    /// What is added to the scores of a kind of window, so that tokens that the roll brought together from opposite edges do not see each
    /// other: [window tokens, window tokens].
    /// </summary>
    public float[] Mask(int kind)
    {
        (int window, int keep) = (Window, Window - Shift);
        float[] mask = new float[WindowTokens * WindowTokens];
        for (int i = 0; i < mask.Length; i++)
        {
            (int first, int second) = Math.DivRem(i, WindowTokens);
            bool apart = ((kind & 1) != 0 && first % window < keep != second % window < keep)
                || ((kind & 2) != 0 && first / window < keep != second / window < keep);
            mask[i] = apart ? Forbidden : 0;
        }

        return mask;
    }
}
