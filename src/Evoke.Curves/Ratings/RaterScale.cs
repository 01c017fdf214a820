using System.Collections.Immutable;

namespace Evoke.Curves.Ratings;

/// <summary>Z-scores: each rater's values of a curve minus their mean, divided by their standard deviation, both over all videos.</summary>
/// <remarks>This removes how each rater uses the scale and keeps the differences between videos. Thread-safe: without state.</remarks>
public static class RaterScale
{
    /// <summary>Standardises the ratings of a data set.</summary>
    /// <param name="curves">All curves of all videos.</param>
    /// <returns>The same curves in standard deviations. A rater whose values of a curve are the same in all videos has no deviation and is left out of
    /// it; a curve without any rater left is left out too.</returns>
    public static ImmutableArray<RatedCurve> Standardise(IReadOnlyList<RatedCurve> curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        Dictionary<(string Rater, string Curve), (double Mean, double Deviation)> scales = curves
            .SelectMany(curve => curve.Raters.Select((rater, i) => (Key: (rater, curve.Curve), Values: curve.Of(i).ToArray())))
            .GroupBy(of => of.Key, of => of.Values)
            .ToDictionary(of => of.Key, of => ScaleOf(of.SelectMany(values => values).Where(value => !double.IsNaN(value))));
        return [.. curves.Select(curve => Standardised(curve, scales)).OfType<RatedCurve>()];
    }

    private static RatedCurve? Standardised(RatedCurve curve, Dictionary<(string Rater, string Curve), (double Mean, double Deviation)> scales)
    {
        int[] kept = [.. Enumerable.Range(0, curve.Raters.Length).Where(i => scales[(curve.Raters[i], curve.Curve)].Deviation > 0)];
        return kept.Length == 0
            ? null
            : new RatedCurve(curve.VideoId, curve.Curve, [.. kept.Select(i => curve.Raters[i])], curve.Grid, [.. kept.Select(i =>
            {
                (double mean, double deviation) = scales[(curve.Raters[i], curve.Curve)];
                return Array.ConvertAll(curve.Of(i).ToArray(), value => (value - mean) / deviation);
            })]);
    }

    private static (double Mean, double Deviation) ScaleOf(IEnumerable<double> values)
    {
        double[] all = [.. values];
        double mean = all.Length > 0 ? all.Average() : 0;
        double squares = all.Sum(value => (value - mean) * (value - mean));
        bool isConstant = all.Length < 2 || all.All(value => value == all[0]);
        return (mean, isConstant ? 0 : Math.Sqrt(squares / (all.Length - 1)));
    }
}
