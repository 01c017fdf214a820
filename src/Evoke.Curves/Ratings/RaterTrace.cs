using System.Collections.Immutable;
using System.Globalization;

namespace Evoke.Curves.Ratings;

/// <summary>What one rater said of one curve of one video: values at times, as they were recorded. Immutable and thread-safe.</summary>
/// <remarks>NaN is a missing value. Nothing is interpolated across a missing value.</remarks>
public sealed class RaterTrace
{
    private readonly ImmutableArray<double> _seconds;
    private readonly ImmutableArray<double> _values;

    /// <summary>Creates a trace.</summary>
    /// <param name="rater">Who gave it; not empty.</param>
    /// <param name="seconds">Times in seconds from the start of the picture: at least one, finite, growing.</param>
    /// <param name="values">A value for each time; finite, or NaN where it is missing.</param>
    /// <param name="kind">What the trace is between its samples.</param>
    /// <exception cref="ArgumentException">There is no sample, the lengths differ, a time is not later than the one before, or a value is infinite.</exception>
    public RaterTrace(string rater, ImmutableArray<double> seconds, ImmutableArray<double> values, TraceKind kind = TraceKind.Linear)
    {
        ArgumentException.ThrowIfNullOrEmpty(rater);
        if (seconds.IsDefaultOrEmpty || seconds.Length != values.Length)
        {
            throw new ArgumentException(
                $"A trace needs as many values as times, at least one; found {seconds.Length} times and {values.Length} values.", nameof(values));
        }

        for (int i = 0; i < seconds.Length; i++)
        {
            if (!double.IsFinite(seconds[i]) || (i > 0 && seconds[i] <= seconds[i - 1]) || double.IsInfinity(values[i]))
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Sample {i} of rater '{rater}': times must grow, values must not be infinite; found {values[i]} at {seconds[i]} s."),
                    nameof(seconds));
            }
        }

        (Rater, _seconds, _values, Kind) = (rater, seconds, values, kind);
        IntervalSeconds = MedianInterval(seconds);
    }

    /// <summary>Who gave it.</summary>
    public string Rater { get; }

    /// <summary>What it is between its samples.</summary>
    public TraceKind Kind { get; }

    /// <summary>Times of the samples in seconds, growing.</summary>
    public ImmutableArray<double> Seconds => _seconds;

    /// <summary>Values of the samples; NaN where one is missing.</summary>
    public ImmutableArray<double> Values => _values;

    /// <summary>The median distance between two samples, in seconds; 0 for a single sample.</summary>
    public double IntervalSeconds { get; }

    /// <summary>The time up to which the trace has values: half an interval after its last sample, or the last sample itself of a trace of steps.</summary>
    public double EndSeconds => _seconds[^1] + Reach;

    // A sample read at intervals stands for half an interval on either side.
    private double Reach => Kind == TraceKind.Linear ? IntervalSeconds / 2 : 0;

    /// <summary>The value at a time; NaN where the trace has none.</summary>
    /// <param name="seconds">The time, in seconds from the start of the picture.</param>
    public double At(double seconds)
    {
        int found = _seconds.BinarySearch(seconds);
        if (found >= 0)
        {
            return _values[found];
        }

        int next = ~found;
        if (Kind == TraceKind.Steps)
        {
            return next == 0 || next == _seconds.Length ? double.NaN : _values[next - 1];
        }

        if (next == 0)
        {
            return _seconds[0] - seconds <= Reach ? _values[0] : double.NaN;
        }

        if (next == _seconds.Length)
        {
            return seconds - _seconds[^1] <= Reach ? _values[^1] : double.NaN;
        }

        double share = (seconds - _seconds[next - 1]) / (_seconds[next] - _seconds[next - 1]);
        return _values[next - 1] + (share * (_values[next] - _values[next - 1]));
    }

    /// <summary>The same trace, given earlier: what was said at 5 s becomes what was felt at 2 s if it is moved by 3 s.</summary>
    /// <param name="seconds">By how much, in seconds; negative for later.</param>
    public RaterTrace Earlier(double seconds) =>
        seconds == 0 ? this : new RaterTrace(Rater, [.. _seconds.Select(time => time - seconds)], _values, Kind);

    private static double MedianInterval(ImmutableArray<double> seconds)
    {
        if (seconds.Length < 2)
        {
            return 0;
        }

        double[] intervals = new double[seconds.Length - 1];
        for (int i = 0; i < intervals.Length; i++)
        {
            intervals[i] = seconds[i + 1] - seconds[i];
        }

        Array.Sort(intervals);
        return intervals[intervals.Length / 2];
    }
}
