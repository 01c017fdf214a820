using System.Collections.Immutable;

namespace Evoke.Curves.Ratings;

/// <summary>Compares raters and finds the odd ones.</summary>
/// <remarks>
/// A rater is odd whose traces on average do not correlate with the mean of the others (0 or less), who follows the others less than half as well as the
/// median rater does, or of whose traces more than half are constant. With fewer than four raters, the second rule does not apply. Odd raters are named,
/// not removed. Thread-safe: without state.
/// </remarks>
public static class RaterComparison
{
    private const double LeastShare = 0.5;
    private const int LeastForMedian = 4;

    /// <summary>Compares all raters.</summary>
    /// <param name="curves">All curves of all videos.</param>
    /// <returns>The raters in ordinal order.</returns>
    public static ImmutableArray<RaterSummary> Of(IReadOnlyList<RatedCurve> curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        RaterSummary[] raters = [.. curves.SelectMany(TracesOf).GroupBy(trace => trace.Rater, StringComparer.Ordinal).Select(Summed)
            .OrderBy(rater => rater.Rater, StringComparer.Ordinal)];
        double least = LeastUsual([.. raters.Select(rater => rater.WithOthers).OfType<double>().Order()]);
        return [.. raters.Select(rater => rater with { IsOdd = rater.WithOthers <= 0 || rater.WithOthers < least || 2 * rater.Constant > rater.Traces })];
    }

    private static IEnumerable<(string Rater, bool IsConstant, double WithOthers)> TracesOf(RatedCurve curve)
    {
        double[] found = Agreement.WithMeanOfOthers(curve.Common());
        return curve.Raters.Select((rater, i) => (rater, curve.IsConstant(i), found[i]));
    }

    private static RaterSummary Summed(IGrouping<string, (string Rater, bool IsConstant, double WithOthers)> traces)
    {
        double[] defined = [.. traces.Select(trace => trace.WithOthers).Where(found => !double.IsNaN(found))];
        return new RaterSummary(
            traces.Key, traces.Count(), traces.Count(trace => trace.IsConstant), defined.Length > 0 ? defined.Average() : null, IsOdd: false);
    }

    private static double LeastUsual(double[] sorted) => sorted.Length < LeastForMedian
        ? double.NegativeInfinity
        : LeastShare * (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}
