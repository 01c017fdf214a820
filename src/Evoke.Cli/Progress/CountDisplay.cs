using Evoke.Cli.Shell;

namespace Evoke.Cli.Progress;

/// <summary>Counts finished items on one progress line, from any thread.</summary>
internal sealed class CountDisplay(IProgressLine line) : IProgress<int>
{
    public void Report(int value) => line.Report(value);

    /// <summary>Runs work that reports a count.</summary>
    public static Task<T> ShowAsync<T>(Terminal terminal, string what, int? total, Func<IProgress<int>, Task<T>> work) =>
        ProgressDisplay.ShowAsync(terminal, async board =>
        {
            using IProgressLine line = board.Start(what, what, total);
            return await work(new CountDisplay(line)).ConfigureAwait(false);
        });
}
