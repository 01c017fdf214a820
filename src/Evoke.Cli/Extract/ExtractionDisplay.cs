using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Encoders.Extraction;

namespace Evoke.Cli.Extract;

/// <summary>Shows a run: a line for all videos, a line for the one at work, and what failed or deserves a warning above them.</summary>
internal sealed class ExtractionDisplay : IProgress<ExtractionEvent>
{
    private readonly Terminal _terminal;
    private readonly IProgressBoard _board;
    private readonly IProgressLine _all;
    private IProgressLine? _one;

    public ExtractionDisplay(Terminal terminal, IProgressBoard board, int videos)
    {
        _terminal = terminal;
        _board = board;
        _all = board.Start("videos", "videos", videos);
    }

    public void Report(ExtractionEvent value)
    {
        switch (value)
        {
            case VideoAdvanced { Progress: var progress }:
                _one ??= _board.Start(Path.GetFileName(value.Video.Path), "s", progress.SecondsTotal);
                _one.Report(progress.SecondsDone, progress.SecondsTotal);
                return;
            case VideoExtracted { Features.WarningsInFull: var warnings }:
                foreach (string warning in warnings)
                {
                    _terminal.Log($"{value.Video.Path}: {warning}");
                }

                break;
            case VideoDropped:
                _terminal.Log($"told to stop: {value.Video.Path} is left for the next run");
                break;
            case VideoFailed { Error: var error }:
                _terminal.Log($"failed: {error.Message}");
                break;
        }

        _one?.Dispose();
        _one = null;
        _all.Report(value.Position, value.Count);
    }
}
