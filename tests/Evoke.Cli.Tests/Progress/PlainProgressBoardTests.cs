using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Cli.Train;
using Evoke.Testing;
using Evoke.Training.Epochs;

namespace Evoke.Cli.Tests.Progress;

/// <summary>What a log shows of training.</summary>
public sealed class PlainProgressBoardTests : IDisposable
{
    private readonly SetClock _clock = new();
    private readonly StringWriter _log = new();

    [Fact]
    public void AResumedRunIsToldEveryTenSecondsAtItsOwnPace()
    {
        using IProgressLine line = Board().Start("paper", "epochs", 200);
        line.ShowEpochs("paper", Started(resumed: 180));
        for (int step = 1; step <= 24; step++)
        {
            _clock.Now += TimeSpan.FromSeconds(1);
            line.ShowEpochs("paper", new StepDone(180 + (step / 20.0), 200, 0.0123, step > 15 ? 0.0456 : null, null));
        }

        Lines().ShouldBe(
        [
            "paper: loss 0.0123: 90 % of 200 epochs, 3.0 epochs/min, 0:06:30 left",
            "paper: loss 0.0123, Pearson 0.0456: 91 % of 200 epochs, 3.0 epochs/min, 0:06:20 left",
        ]);
    }

    [Fact]
    public void OneLineCountsManyRuns()
    {
        using IProgressLine line = Board().Start("runs", "runs", 4);
        line.ShowRun("1 of 4: paper", Started(resumed: 200), 0, 4); // It was done already.
        line.ShowRun("2 of 4: kl", Started(resumed: 100), 1, 4);
        _clock.Now += TimeSpan.FromMinutes(30);
        line.ShowRun("2 of 4: kl", new StepDone(200, 200, 0.5, 0.25, 0.25), 1, 4);

        Lines().ShouldBe(["2 of 4: kl: loss 0.5000, Pearson 0.2500: 50 % of 4 runs, 1.0 runs/h, 2:00:00 left"]);
    }

    [Theory]
    [InlineData(2990.2, "50 % of 2990 frames")]
    [InlineData(2.5, "50 % of 2.5 frames")]
    public void AnEstimateOfManyIsAWholeNumber(double total, string told)
    {
        using IProgressLine line = Board().Start("20 videos", "frames", total);
        _clock.Now += TimeSpan.FromSeconds(10);
        line.Report(total / 2, total);

        Lines().ShouldHaveSingleItem().ShouldStartWith($"20 videos: {told}, ");
    }

    public void Dispose() => _log.Dispose();

    private PlainProgressBoard Board() => new(new Terminal(TextWriter.Null, _log), _clock);

    private string[] Lines() => _log.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    private static RunStarted Started(int resumed) => new("paper", 3, 2, [], [], 1000, "float32", resumed, 200);
}
