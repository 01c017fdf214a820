using Evoke.Curves;

namespace Evoke.Features.Import;

/// <summary>Rows of features and when they are: at a rate, or each at a time of its own. Immutable.</summary>
internal sealed class TimedRows
{
    // Equal times on two clocks are equal up to rounding; a tie between two rows goes to the earlier one.
    private const double TieSlack = 1e-9;

    private readonly float[] _values; // [steps, width]
    private readonly Rate? _rate;
    private readonly double[] _times; // [steps] in seconds, ascending; empty where there is a rate

    private TimedRows(float[] values, int width, Rate? rate, double[] times, double seconds, IReadOnlyList<string> warnings) =>
        (_values, Width, _rate, _times, Seconds, Warnings) = (values, width, rate, times, seconds, warnings);

    /// <summary>Numbers per row.</summary>
    public int Width { get; }

    /// <summary>How many rows there are.</summary>
    public int Steps => _values.Length / Width;

    /// <summary>When the last row ends, in seconds from the start of the film.</summary>
    public double Seconds { get; }

    /// <summary>What is odd about the times; empty if nothing.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Rows at a rate: row n is at n / rate seconds.</summary>
    public static TimedRows AtRate(float[] values, int width, Rate rate) =>
        new(values, width, rate, [], values.Length / width / rate.Hertz, []);

    /// <summary>Rows at times of their own.</summary>
    /// <param name="values">[steps, width].</param>
    /// <param name="width">Numbers per row.</param>
    /// <param name="times">[steps], in seconds from the start of the film, ascending.</param>
    /// <param name="seconds">When the last row ends.</param>
    /// <param name="warnings">What is odd about the times.</param>
    public static TimedRows AtTimes(float[] values, int width, double[] times, double seconds, IReadOnlyList<string> warnings) =>
        new(values, width, null, times, seconds, warnings);

    /// <summary>One row.</summary>
    public ReadOnlySpan<float> Row(int row) => _values.AsSpan(row * Width, Width);

    /// <summary>The row that starts nearest to a time.</summary>
    public int Near(double seconds)
    {
        if (_rate is { } rate)
        {
            return FeatureClock.StepNear(Steps, rate, seconds);
        }

        int after = FirstFrom(seconds);
        return after == 0 ? 0
            : after == _times.Length || seconds - _times[after - 1] <= _times[after] - seconds + TieSlack ? after - 1
            : after;
    }

    /// <summary>The first row that starts at a time or later; <see cref="Steps"/> if there is none.</summary>
    public int FirstFrom(double seconds)
    {
        if (_rate is { } rate)
        {
            double position = seconds * rate.Hertz;
            return (int)Math.Clamp(Math.Ceiling(position - (TieSlack * Math.Max(1, position))), 0, Steps);
        }

        int found = Array.BinarySearch(_times, seconds - TieSlack);
        return found < 0 ? ~found : found;
    }
}
