using Evoke.Cli.Progress;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Progress;

/// <summary>The reported rate of work and time left.</summary>
public sealed class WorkPaceTests
{
    private readonly SetClock _clock = new();

    [Theory]
    [InlineData("frames", 300, 20, "15.0 frames/s")]
    [InlineData("frames", 20, 20, "1.0 frames/s")]
    [InlineData("epochs", 3, 60, "3.0 epochs/min")]
    [InlineData("epochs", 1, 60, "1.0 epochs/min")]
    [InlineData("runs", 2, 3600, "2.0 runs/h")]
    [InlineData("runs", 0.5, 9000, "0.2 runs/h")]
    [InlineData("s", 75, 10, "7.5x")]
    [InlineData("s", 4, 10, "0.4x")]
    public void SlowWorkIsCountedByTheMinuteOrTheHour(string unit, double done, int seconds, string expected)
    {
        WorkPace pace = new(_clock, unit, null);
        _clock.Now += TimeSpan.FromSeconds(seconds);
        pace.Report(done, null);
        pace.DescribeRate().ShouldBe(expected);
        pace.DescribeTimeLeft().ShouldBe("", "nobody knows how much there is");
    }

    [Fact]
    public void NothingIsSaidBeforeAnythingIsDone()
    {
        WorkPace pace = new(_clock, "epochs", 200);
        _clock.Now += TimeSpan.FromMinutes(5);
        pace.DescribeRate().ShouldBe("");
        pace.DescribeTimeLeft().ShouldBe("");
        pace.Report(0, null);
        pace.DescribeRate().ShouldBe("");
        pace.DescribeTimeLeft().ShouldBe("");
    }

    [Fact]
    public void TimeLeftRunsDownBetweenReports()
    {
        WorkPace pace = new(_clock, "epochs", 100);
        _clock.Now += TimeSpan.FromMinutes(1);
        pace.Report(1, null);
        pace.DescribeTimeLeft().ShouldBe("1:39:00 left");
        _clock.Now += TimeSpan.FromSeconds(50);
        pace.DescribeTimeLeft().ShouldBe("1:38:10 left");
        pace.DescribeRate().ShouldBe("1.0 epochs/min", "as of the last report");
        _clock.Now += TimeSpan.FromHours(3);
        pace.DescribeTimeLeft().ShouldBe("0:00:00 left", "late is not less than nothing");
    }

    [Fact]
    public void DaysAreHours()
    {
        WorkPace pace = new(_clock, "runs", 28);
        _clock.Now += TimeSpan.FromHours(4);
        pace.Report(1, null);
        pace.DescribeTimeLeft().ShouldBe("108:00:00 left");
    }

    [Fact]
    public void WhatAnEarlierRunDidDoesNotCountForThePace()
    {
        WorkPace pace = new(_clock, "epochs", 200);
        _clock.Now += TimeSpan.FromSeconds(30); // A checkpoint is read.
        pace.Skip(90);
        pace.State.ShouldBe((90, 200));
        pace.DescribeTimeLeft().ShouldBe("");
        _clock.Now += TimeSpan.FromSeconds(60);
        pace.Report(92, null);
        pace.DescribeRate().ShouldBe("2.0 epochs/min");
        pace.DescribeTimeLeft().ShouldBe("0:54:00 left");
    }

    [Fact]
    public void WorkThatIsFoundDoneOnTheWayIsLeftOutToo()
    {
        WorkPace pace = new(_clock, "runs", 10);
        _clock.Now += TimeSpan.FromMinutes(10);
        pace.Report(1, null);
        pace.Skip(8);
        pace.DescribeRate().ShouldBe("6.0 runs/h");
        _clock.Now += TimeSpan.FromMinutes(10);
        pace.Report(9, null);
        pace.DescribeRate().ShouldBe("6.0 runs/h");
        pace.DescribeTimeLeft().ShouldBe("0:10:00 left");
    }
}
