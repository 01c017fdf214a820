using System.Diagnostics;

namespace Evoke.Bench;

/// <summary>How long something takes.</summary>
/// <param name="Best">The fastest round: what the machine can do when nothing disturbs it.</param>
/// <param name="Median">The middle round.</param>
internal readonly record struct Measurement(TimeSpan Best, TimeSpan Median)
{
    /// <summary>Runs an action once to warm up, then until both the rounds and the time are enough.</summary>
    /// <param name="action">What to measure.</param>
    /// <param name="rounds">Least number of rounds.</param>
    /// <param name="least">Least time over all rounds.</param>
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

        times.Sort();
        return new Measurement(times[0], times[times.Count / 2]);
    }

    /// <summary>The same for one of <paramref name="parts"/> equal parts.</summary>
    public Measurement Per(double parts) => new(Best / parts, Median / parts);
}
