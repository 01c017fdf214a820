using System.Globalization;

namespace Evoke.Curves;

/// <summary>Evenly spaced points in time: step k is at k / <see cref="Rate"/> seconds from the start of the picture.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public readonly record struct TimeGrid
{
    // 10 µs of tolerance, so that rounding adds no step to a duration that is a whole number of steps.
    private const double DurationSlackSeconds = 1e-5;

    /// <summary>Creates a grid.</summary>
    /// <param name="rate">Steps per second.</param>
    /// <param name="count">Number of steps, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is <c>default(Rate)</c>, or the count is negative.</exception>
    public TimeGrid(Rate rate, int count)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(rate, default);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Rate = rate;
        Count = count;
    }

    /// <summary>Steps per second.</summary>
    public Rate Rate { get; }

    /// <summary>Number of steps.</summary>
    public int Count { get; }

    /// <summary>The grid that covers a video: ceil(<paramref name="seconds"/> * <paramref name="rate"/>) steps, at least one.</summary>
    /// <param name="seconds">Duration in seconds, finite and not negative.</param>
    /// <param name="rate">Steps per second.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static TimeGrid ForDuration(double seconds, Rate rate)
    {
        if (!double.IsFinite(seconds) || seconds < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(seconds), seconds, "A duration must be a finite number of seconds, 0 or more.");
        }

        return new TimeGrid(rate, Math.Max(1, checked((int)Math.Ceiling((seconds - DurationSlackSeconds) * rate.Hertz))));
    }

    /// <summary>Time of step <paramref name="step"/>, in seconds from the start of the picture.</summary>
    public double SecondsAt(int step) => step / Rate.Hertz;

    /// <summary>Time of step <paramref name="step"/>, in whole microseconds rounded down, as EEV writes it: 0, 166666, 333333, 500000, ...</summary>
    public long MicrosecondsAt(int step) => (long)Math.Floor((step * 1e6 / Rate.Hertz) + 1e-6);

    /// <summary>"N steps at R Hz".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} steps at {Rate} Hz");
}
