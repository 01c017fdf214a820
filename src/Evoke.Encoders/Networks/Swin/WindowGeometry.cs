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

    /// <summary>What is added to the scores so that tokens that the roll brought together from opposite edges do not see each other: [windows, window tokens, window tokens].</summary>
    public float[] Mask()
    {
        // A token's place on the rolled square tells which of three bands it came from, in each direction.
        int[] region = new int[Tokens];
        long[] rolled = TokenOrder.Windows(Side, Window, 0);
        for (int i = 0; i < Tokens; i++)
        {
            region[i] = (3 * Band((int)rolled[i] / Side)) + Band((int)rolled[i] % Side);
        }

        float[] mask = new float[Windows * WindowTokens * WindowTokens];
        for (int i = 0; i < mask.Length; i++)
        {
            int first = i / WindowTokens;
            int second = (first / WindowTokens * WindowTokens) + (i % WindowTokens);
            mask[i] = region[first] == region[second] ? 0 : Forbidden;
        }

        return mask;
    }

    private int Band(int position) => position < Side - Window ? 0 : position < Side - Shift ? 1 : 2;
}
