namespace Evoke.Kernels.Recurrent;

/// <summary>
/// Where the gates of one direction lie in the rows that both directions share, in multiples of the hidden width. The forward direction
/// has (hidden part, r, z, n) and the backward direction (n, r, z, hidden part), so that what the input's weights need lies together in the
/// middle, and what each direction's recurrent weights need lies together, too: each weight's gradient is one product.
/// </summary>
/// <param name="Reset">r in a gradient row.</param>
/// <param name="Update">z in a gradient row.</param>
/// <param name="New">n in a gradient row.</param>
/// <param name="HiddenPart">What flows to the recurrent part of n, in a gradient row.</param>
internal readonly record struct GateColumns(int Reset, int Update, int New, int HiddenPart)
{
    /// <summary>The columns of the forward (0) or the backward (1) direction.</summary>
    public static GateColumns Of(int direction) => direction == 0 ? new(1, 2, 3, 0) : new(5, 6, 4, 7);

    /// <summary>The first column of (r, z, n) in a row of gates, which has no hidden parts: gradient rows shifted by one.</summary>
    public GateColumns InGateRow => new(Reset - 1, Update - 1, New - 1, -1);

    /// <summary>torch's order of gates (r, z, n) as blocks of the input's weights: block i of ours is block Order[i] of torch's.</summary>
    public static ReadOnlySpan<int> InputOrder(int direction) => direction == 0 ? [0, 1, 2] : [2, 0, 1];

    /// <summary>The same for the recurrent weights' gradient: (hidden part, r, z) or (r, z, hidden part).</summary>
    public static ReadOnlySpan<int> RecurrentOrder(int direction) => direction == 0 ? [2, 0, 1] : [0, 1, 2];

    /// <summary>The first column of the recurrent weights' three blocks in a gradient row.</summary>
    public static int RecurrentStart(int direction) => direction == 0 ? 0 : 5;
}
