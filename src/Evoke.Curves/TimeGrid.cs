using System.Globalization;

namespace Evoke.Curves;

/// <summary>Evenly spaced points in time: step k is at k / <see cref="Rate"/> seconds from the start of the picture.</summary>
public readonly record struct TimeGrid
{
    // 10 µs of tolerance, so that rounding adds no step to a duration that is a whole number of steps.
    private const double DurationSlackSeconds = 1e-5;

    /// <summary>Creates a grid.</summary>
    /// <param name="rate">Steps per second (Hz), finite and above 0.</param>
    /// <param name="count">Number of steps, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not finite and positive, or the count is negative.</exception>
    public TimeGrid(double rate, int count)
    {
        ThrowIfNotARate(rate);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Rate = rate;
        Count = count;
    }

    /// <summary>Steps per second, in Hz: 1 for features, 6 for EEV's labels, 1/0.96 for VGGish with steps of one window.</summary>
    public double Rate { get; }

    /// <summary>Number of steps.</summary>
    public int Count { get; }

    /// <summary>The grid that covers a video: ceil(<paramref name="seconds"/> * <paramref name="rate"/>) steps, at least one.</summary>
    /// <param name="seconds">Duration in seconds, finite and not negative.</param>
    /// <param name="rate">Steps per second (Hz), finite and above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static TimeGrid ForDuration(double seconds, double rate)
    {
        ThrowIfNotARate(rate);
        if (!double.IsFinite(seconds) || seconds < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(seconds), seconds, "A duration must be a finite number of seconds, 0 or more.");
        }

        return new TimeGrid(rate, Math.Max(1, checked((int)Math.Ceiling((seconds - DurationSlackSeconds) * rate))));
    }

    /// <summary>Time of step <paramref name="step"/>, in seconds from the start of the picture.</summary>
    public double SecondsAt(int step) => step / Rate;

    /// <summary>Time of step <paramref name="step"/>, in whole microseconds rounded down, as EEV writes it: 0, 166666, 333333, 500000, ...</summary>
    public long MicrosecondsAt(int step) => (long)Math.Floor((step * 1e6 / Rate) + 1e-6);

    /// <summary>"N steps at R Hz".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} steps at {Rate} Hz");

    private static void ThrowIfNotARate(double rate)
    {
        if (!double.IsFinite(rate) || rate <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "A rate must be a finite number of steps per second above 0.");
        }
    }
}
