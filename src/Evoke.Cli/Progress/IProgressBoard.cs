namespace Evoke.Cli.Progress;

/// <summary>Several pieces of work under way at once.</summary>
internal interface IProgressBoard
{
    /// <summary>Adds a piece of work.</summary>
    /// <param name="label">What it is: a file's name, "epoch 3".</param>
    /// <param name="unit">What is counted: "s", "frames", "videos".</param>
    /// <param name="total">How much there is to do; null while that is unknown.</param>
    IProgressLine Start(string label, string unit, double? total = null);
}

/// <summary>One piece of work. Safe to use from any thread; disposing ends it.</summary>
internal interface IProgressLine : IDisposable
{
    /// <summary>Says how much is done.</summary>
    /// <param name="done">In the line's unit, from its start.</param>
    /// <param name="total">A better figure for how much there is, if one is known by now.</param>
    /// <param name="label">Another label, if what is being done has changed.</param>
    void Report(double done, double? total = null, string? label = null);

    /// <summary>Says how much an earlier run has done: it counts as done and not for the pace.</summary>
    /// <param name="done">In the line's unit, from its start.</param>
    void Skip(double done);
}
