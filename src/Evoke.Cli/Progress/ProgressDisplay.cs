using Evoke.Cli.Shell;
using Spectre.Console;

namespace Evoke.Cli.Progress;

/// <summary>Shows progress on standard error: bars with rate and time left on a terminal, otherwise an occasional plain line.</summary>
internal static class ProgressDisplay
{
    /// <summary>Runs work that reports to a board.</summary>
    public static Task<T> ShowAsync<T>(Terminal terminal, Func<IProgressBoard, Task<T>> work) => terminal switch
    {
        { Verbosity: Verbosity.Quiet } => work(new SilentProgressBoard()),
        { Verbosity: Verbosity.Verbose } => ShowInAnyFormAsync(terminal, board => work(new TimedProgressBoard(board, terminal, TimeProvider.System))),
        _ => ShowInAnyFormAsync(terminal, work),
    };

    /// <summary>Runs work that reports to a board on the calling thread; training is fastest on the main thread.</summary>
    public static T Show<T>(Terminal terminal, Func<IProgressBoard, T> work) =>
        ShowAsync(terminal, board => Task.FromResult(work(board))).GetAwaiter().GetResult();

    private static Task<T> ShowInAnyFormAsync<T>(Terminal terminal, Func<IProgressBoard, Task<T>> work) =>
        terminal.ErrorIsInteractive ? ShowBarsAsync(terminal, work) : work(new PlainProgressBoard(terminal, TimeProvider.System));

    // A separate method, so that Spectre.Console is not loaded without a terminal.
    private static async Task<T> ShowBarsAsync<T>(Terminal terminal, Func<IProgressBoard, Task<T>> work)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.ErrorDrawing) });
        terminal.LogAbove(line => console.Write(new LineAboveBars(line)));
        try
        {
            return await console.Progress()
                .AutoClear(true)
                .HideCompleted(true)
                .Columns(
                    new TaskDescriptionColumn { Alignment = Justify.Left },
                    new ProgressBarColumn { Width = 24 },
                    new PercentageColumn(),
                    new RateColumn(),
                    new TimeLeftColumn())
                .StartAsync(context => work(new BarProgressBoard(context, TimeProvider.System)))
                .ConfigureAwait(false);
        }
        finally
        {
            terminal.LogAbove(null);
        }
    }
}
