using System.Globalization;
using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Encoders.Extraction;
using Evoke.Media.Videos;

namespace Evoke.Cli.Extract;

/// <summary>Shows a run: a line for all of its work, a line for each video in work, and failures and warnings above them.</summary>
internal sealed class ExtractionDisplay : IProgress<ExtractionEvent>
{
    private readonly Terminal _terminal;
    private readonly IProgressBoard _board;
    private readonly string _unit;
    private readonly Dictionary<VideoFile, IProgressLine> _current = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> _toldReasons = new(StringComparer.Ordinal);
    private int _skipped;
    private IProgressLine? _all;

    /// <summary>Watches a run.</summary>
    /// <param name="terminal">Where messages are printed.</param>
    /// <param name="board">Where progress lines are shown.</param>
    /// <param name="countsFrames">True if pictures are encoded: progress then counts frames; otherwise it counts seconds of sound.</param>
    public ExtractionDisplay(Terminal terminal, IProgressBoard board, bool countsFrames)
    {
        _terminal = terminal;
        _board = board;
        _unit = countsFrames ? "frames" : "s";
    }

    public void Report(ExtractionEvent value)
    {
        switch (value)
        {
            case VideoSkipped:
                _skipped++;
                return;
            case VideoOutdated { Reason: var reason }:
                TellOnce(value.Video, reason);
                return;
            case VideoAdvanced { Progress: var progress }:
                ShowWork(value);
                ShowVideo(value.Video, progress);
                return;
            case VideoExtracted { Features.WarningsInFull: var warnings }:
                foreach (string warning in warnings)
                {
                    _terminal.Log($"{value.Video.Path}: {warning}");
                }

                break;
            case VideoDropped:
                _terminal.Log($"stopping: {value.Video.Path} is left for the next run");
                break;
            case VideoFailed { Error: var error }:
                _terminal.Fail($"failed: {error.Message}");
                break;
        }

        if (_current.Remove(value.Video, out IProgressLine? line))
        {
            line.Dispose();
        }

        ShowWork(value);
    }

    private void TellOnce(VideoFile video, string reason)
    {
        if (_toldReasons.Add(reason))
        {
            _terminal.Log($"extracting again: {Path.GetFileName(video.Path)} and others like it: {reason}");
        }
    }

    private void ShowWork(ExtractionEvent value)
    {
        ExtractionWork work = value.Work;
        if (_all is null)
        {
            if (_skipped > 0)
            {
                _terminal.Log($"{_skipped} of {value.Count} videos are already there");
            }

            _all = _board.Start(Label(work), _unit, work.AmountToDo);
        }

        _all.Report(work.Amount, work.AmountToDo, Label(work));
        if (work.Videos == work.VideosToDo)
        {
            _all.Dispose();
            _all = null;
        }
    }

    private void ShowVideo(VideoFile video, ExtractionProgress progress)
    {
        double amountPerSecond = progress.FrameRate > 0 ? progress.FrameRate : 1;
        double? total = progress.SecondsTotal * amountPerSecond;
        if (!_current.TryGetValue(video, out IProgressLine? line))
        {
            _current.Add(video, line = _board.Start(Path.GetFileName(video.Path), _unit, total));
        }

        line.Report(progress.SecondsDone * amountPerSecond, total);
    }

    private static string Label(ExtractionWork work) => string.Create(CultureInfo.InvariantCulture, $"{work.Videos} of {work.VideosToDo} videos");
}
