using System.Collections.Immutable;

namespace Evoke.Curves.Ratings;

/// <summary>One curve of one video as several raters gave it, all at the same times. Immutable and thread-safe.</summary>
public sealed class RatedCurve
{
    private readonly double[][] _values; // [raters][steps], NaN where a rater has no value

    /// <summary>Creates a rated curve from values at the steps of a grid.</summary>
    /// <param name="videoId">The video.</param>
    /// <param name="curve">The curve's name: "valence".</param>
    /// <param name="raters">The raters, each once.</param>
    /// <param name="grid">The times.</param>
    /// <param name="values">[raters][steps], NaN where a rater has no value; used directly, not copied.</param>
    /// <exception cref="ArgumentException">Names are empty or repeated, or the numbers of raters or steps differ.</exception>
    public RatedCurve(string videoId, string curve, ImmutableArray<string> raters, TimeGrid grid, double[][] values)
    {
        ArgumentException.ThrowIfNullOrEmpty(videoId);
        ArgumentException.ThrowIfNullOrEmpty(curve);
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length != raters.Length || values.Any(row => row.Length != grid.Count))
        {
            throw new ArgumentException($"Video '{videoId}', {curve}: expected {raters.Length} raters with {grid.Count} values each.", nameof(values));
        }

        if (raters.Distinct(StringComparer.Ordinal).Count() != raters.Length)
        {
            throw new ArgumentException($"Video '{videoId}', {curve}: a rater appears twice.", nameof(raters));
        }

        (VideoId, Curve, Raters, Grid, _values) = (videoId, curve, raters, grid, values);
    }

    /// <summary>The video.</summary>
    public string VideoId { get; }

    /// <summary>The curve's name.</summary>
    public string Curve { get; }

    /// <summary>The raters.</summary>
    public ImmutableArray<string> Raters { get; }

    /// <summary>The times of the values.</summary>
    public TimeGrid Grid { get; }

    /// <summary>The values of one rater: [steps], NaN where there is none.</summary>
    public ReadOnlySpan<double> Of(int rater) => _values[rater];

    /// <summary>True if a rater gave the same value at all times, or none at all.</summary>
    public bool IsConstant(int rater)
    {
        double first = double.NaN;
        foreach (double value in _values[rater])
        {
            if (double.IsNaN(value))
            {
                continue;
            }

            if (double.IsNaN(first))
            {
                first = value;
            }
            else if (value != first)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The values at the steps where every rater has one: [raters][common steps].</summary>
    public double[][] Common()
    {
        int[] steps = [.. Enumerable.Range(0, Grid.Count).Where(step => _values.All(row => !double.IsNaN(row[step])))];
        return [.. _values.Select(row => Array.ConvertAll(steps, step => row[step]))];
    }

    /// <summary>Brings traces to one rate by interpolation; the curve is as long as its longest trace, or longer.</summary>
    /// <param name="videoId">The video.</param>
    /// <param name="curve">The curve's name.</param>
    /// <param name="traces">At least one trace, each of another rater.</param>
    /// <param name="rate">Steps per second.</param>
    /// <param name="leastSeconds">How long it is at least, in seconds; beyond its traces it has no values.</param>
    public static RatedCurve Of(string videoId, string curve, IReadOnlyList<RaterTrace> traces, Rate rate, double leastSeconds = 0)
    {
        ArgumentNullException.ThrowIfNull(traces);
        ArgumentOutOfRangeException.ThrowIfZero(traces.Count);
        TimeGrid grid = TimeGrid.ForDuration(Math.Max(leastSeconds, traces.Max(trace => trace.EndSeconds)), rate);
        double[][] values = [.. traces.Select(trace => Sampled(trace, grid))];
        return new RatedCurve(videoId, curve, [.. traces.Select(trace => trace.Rater)], grid, values);
    }

    private static double[] Sampled(RaterTrace trace, TimeGrid grid)
    {
        double[] values = new double[grid.Count];
        for (int step = 0; step < values.Length; step++)
        {
            values[step] = trace.At(grid.SecondsAt(step));
        }

        return values;
    }
}
