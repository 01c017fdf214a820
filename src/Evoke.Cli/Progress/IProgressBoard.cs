namespace Evoke.Cli.Progress;

/// <summary>Shows several pieces of work at once.</summary>
internal interface IProgressBoard
{
    /// <summary>Adds a piece of work.</summary>
    /// <param name="label">What it is: a file's name, "epoch 3".</param>
    /// <param name="unit">What is counted: "s", "frames", "videos".</param>
    /// <param name="total">The total amount of work; null while unknown.</param>
    IProgressLine Start(string label, string unit, double? total = null);
}

/// <summary>One piece of work. Safe to use from any thread; disposing ends it.</summary>
internal interface IProgressLine : IDisposable
{
    /// <summary>Reports how much is done.</summary>
    /// <param name="done">In the line's unit, from its start.</param>
    /// <param name="total">A better estimate of the total, if there is one.</param>
    /// <param name="label">A new label, if the work has changed.</param>
    void Report(double done, double? total = null, string? label = null);

    /// <summary>Reports what an earlier run has done: it counts as done, but not towards the rate.</summary>
    /// <param name="done">In the line's unit, from its start.</param>
    void Skip(double done);
}
