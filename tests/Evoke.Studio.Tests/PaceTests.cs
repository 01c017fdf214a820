using Evoke.Studio.Jobs;
using Evoke.Testing;

namespace Evoke.Studio.Tests;

/// <summary>The speed of a job, reported only once it can be estimated.</summary>
public sealed class PaceTests
{
    private readonly SetClock _clock = new();

    [Fact]
    public void TheFirstSecondsSayNothing()
    {
        Pace pace = new(_clock);
        pace.At(0.2).ShouldBeNull();
        _clock.Now += TimeSpan.FromSeconds(1.9);
        pace.At(30).ShouldBeNull();
        _clock.Now += TimeSpan.FromSeconds(0.1);
        pace.At(40.2).ShouldBe(20);
    }

    [Fact]
    public void TheTimeBeforeTheFirstReportDoesNotWeigh()
    {
        Pace pace = new(_clock);
        _clock.Now += TimeSpan.FromSeconds(60);
        pace.At(0).ShouldBeNull();
        _clock.Now += TimeSpan.FromSeconds(4);
        pace.At(0).ShouldBeNull("nothing was done");
        pace.At(10).ShouldBe(2.5);
    }
}
