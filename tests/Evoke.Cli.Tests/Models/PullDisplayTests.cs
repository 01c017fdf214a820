using Evoke.Cli.Models;
using Evoke.Cli.Progress;
using Evoke.Encoders.Weights;
using Evoke.Files;

namespace Evoke.Cli.Tests.Models;

public sealed class PullDisplayTests
{
    [Fact]
    public void NoLineEverGoesBack()
    {
        Board board = new();
        using (PullDisplay display = new(board, WeightRegistry.Get("swin-t")))
        {
            display.Report(new DownloadProgress(DownloadPhase.Downloading, 60_000_000, 120_000_000));
            display.Report(new DownloadProgress(DownloadPhase.Retrying, 60_000_000, 120_000_000));
            display.Report(new DownloadProgress(DownloadPhase.Downloading, 120_000_000, 120_000_000));
            display.Report(new DownloadProgress(DownloadPhase.Checking, 0, 120_000_000));
            display.Report(new DownloadProgress(DownloadPhase.Checking, 120_000_000, 120_000_000));
        }

        board.Lines.Select(line => line.Done).ShouldBe([[60, 60, 120], [0, 120]]);
        board.Lines.Select(line => line.Label).ShouldBe(["swin-t", "swin-t, checking"]);
        board.Lines.Select(line => line.Skipped).ShouldBe([[60], []], "what an earlier pull left is no work of this one");
        board.Lines.ShouldAllBe(line => line.IsEnded);
    }

    private sealed class Board : IProgressBoard
    {
        public List<Line> Lines { get; } = [];

        public IProgressLine Start(string label, string unit, double? total = null)
        {
            Lines.Add(new Line { Label = label });
            return Lines[^1];
        }
    }

    private sealed class Line : IProgressLine
    {
        public string Label { get; set; } = "";

        public List<double> Done { get; } = [];

        public List<double> Skipped { get; } = [];

        public bool IsEnded { get; private set; }

        public void Report(double done, double? total = null, string? label = null)
        {
            Done.Add(done);
            Label = label ?? Label;
        }

        public void Skip(double done) => Skipped.Add(done);

        public void Dispose() => IsEnded = true;
    }
}
