using System.Diagnostics;

namespace Evoke.Bench;

/// <summary>How long something takes.</summary>
/// <param name="Best">The fastest round, with the least disturbance.</param>
/// <param name="Median">The middle round.</param>
internal readonly record struct Measurement(TimeSpan Best, TimeSpan Median)
{
    /// <summary>Runs an action once to warm up, then until both the minimum rounds and the minimum time are reached.</summary>
    /// <param name="action">What to measure.</param>
    /// <param name="rounds">Minimum number of rounds.</param>
    /// <param name="least">Minimum total time.</param>
    public static Measurement Of(Action action, int rounds = 5, TimeSpan least = default)
    {
        action();
        List<TimeSpan> times = [];
        Stopwatch all = Stopwatch.StartNew();
        while (times.Count < rounds || all.Elapsed < least)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            times.Add(Stopwatch.GetElapsedTime(start));
        }

        return Among(times.Select(time => time.TotalSeconds));
    }

    /// <summary>The best and the middle of some rounds.</summary>
    /// <param name="seconds">The time of each, at least one.</param>
    public static Measurement Among(IEnumerable<double> seconds)
    {
        TimeSpan[] times = [.. seconds.Order().Select(TimeSpan.FromSeconds)];
        return new Measurement(times[0], times[times.Length / 2]);
    }

    /// <summary>The time of one of <paramref name="parts"/> equal parts.</summary>
    public Measurement Per(double parts) => new(Best / parts, Median / parts);
}
