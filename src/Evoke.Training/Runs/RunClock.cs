using System.Diagnostics;

namespace Evoke.Training.Runs;

/// <summary>How fast a run goes, and when it will be done.</summary>
internal sealed class RunClock(int startEpoch, int epochs)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _clips;

    /// <summary>Clips trained on per second, in this process.</summary>
    public double ClipsPerSecond => _clips / Math.Max(1e-9, Elapsed.TotalSeconds);

    private TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    /// <summary>Counts clips.</summary>
    public void Add(int clips) => _clips += clips;

    /// <summary>Time left to the last epoch, validations included; null while unknown.</summary>
    public TimeSpan? RemainingAt(double epoch)
    {
        double done = epoch - startEpoch;
        return done > 0 ? Elapsed * Math.Min((epochs - epoch) / done, 1e6) : null;
    }

    /// <summary>Which share of the time so far a part of it was.</summary>
    public double ShareOf(TimeSpan part) => part / (Elapsed > TimeSpan.Zero ? Elapsed : TimeSpan.FromTicks(1));
}
