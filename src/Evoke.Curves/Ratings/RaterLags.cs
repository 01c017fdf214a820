namespace Evoke.Curves.Ratings;

/// <summary>Estimates how much later than the others each rater answers.</summary>
/// <remarks>
/// The lag of a rater is the shift at which the rater's traces correlate best with the mean of the others, averaged over videos and curves. Lags are relative:
/// that of the median rater is 0. How late all of them answer cannot be seen from ratings alone. Thread-safe: without state.
/// </remarks>
public static class RaterLags
{
    private const int Rounds = 4;
    private const double CoarseSeconds = 0.5;
    private const double FineSeconds = 0.1;

    // Below this share of its values a shifted trace is no longer the same trace.
    private const double LeastShare = 0.5;

    /// <summary>Estimates the lags of a data set's raters.</summary>
    /// <param name="curves">The traces of each curve of each video.</param>
    /// <param name="rate">Steps per second at which traces are compared.</param>
    /// <param name="mostSeconds">The largest lag to try, in either direction, in seconds. Lags are found to a tenth of a second.</param>
    /// <returns>Seconds that each rater is later than the median rater; negative for earlier. 0 for a rater who has no trace that varies.</returns>
    public static IReadOnlyDictionary<string, double> Estimate(
        IReadOnlyList<IReadOnlyList<RaterTrace>> curves, Rate rate, double mostSeconds = 5)
    {
        ArgumentNullException.ThrowIfNull(curves);
        string[] raters = [.. curves.SelectMany(traces => traces).Select(trace => trace.Rater).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Dictionary<string, double> lags = raters.ToDictionary(rater => rater, _ => 0.0, StringComparer.Ordinal);
        for (int round = 0; round < Rounds; round++)
        {
            Dictionary<string, double> before = new(lags, StringComparer.Ordinal);
            // One after the other, each with what is known of the others by then: two raters at once would each take on the whole difference between them.
            foreach (string rater in raters)
            {
                lags[rater] = Best(curves, rater, lags, rate, mostSeconds);
            }

            double median = MedianOf([.. lags.Values.Order()]);
            lags = lags.ToDictionary(lag => lag.Key, lag => Math.Round(lag.Value - median, 6), StringComparer.Ordinal);
            if (raters.All(rater => lags[rater] == before[rater]))
            {
                break;
            }
        }

        return lags;
    }

    private static double Best(
        IReadOnlyList<IReadOnlyList<RaterTrace>> curves, string rater, Dictionary<string, double> lags, Rate rate, double most)
    {
        List<(RaterTrace Own, double[] Others)> compared = [];
        foreach (IReadOnlyList<RaterTrace> traces in curves)
        {
            if (traces.FirstOrDefault(trace => trace.Rater == rater) is { } own && traces.Count > 1)
            {
                RaterTrace[] others = [.. traces.Where(trace => trace != own).Select(trace => trace.Earlier(lags[trace.Rater]))];
                RatedCurve rated = RatedCurve.Of("video", "curve", others, rate);
                compared.Add((own, [.. GoldStandard.Of(rated, GoldStandardKind.Mean).Values]));
            }
        }

        double coarse = Best(compared, rate, around: 0, CoarseSeconds, (int)Math.Floor(most / CoarseSeconds));
        return Best(compared, rate, coarse, FineSeconds, (int)Math.Round(CoarseSeconds / FineSeconds) - 1);
    }

    // Smallest shifts first: of equal correlations the smallest shift wins.
    private static double Best(List<(RaterTrace Own, double[] Others)> compared, Rate rate, double around, double step, int steps)
    {
        (double lag, double best) = (around, double.NegativeInfinity);
        foreach (double shift in Enumerable.Range(0, (2 * steps) + 1).Select(i => around + (step * ((i + 1) / 2) * (i % 2 == 1 ? 1 : -1))))
        {
            double[] found = [.. compared.Select(pair => At(pair.Own, pair.Others, rate, shift)).Where(number => !double.IsNaN(number))];
            if (found.Length > 0 && found.Average() > best + 1e-9)
            {
                (lag, best) = (shift, found.Average());
            }
        }

        return lag;
    }

    private static double At(RaterTrace own, double[] others, Rate rate, double shift)
    {
        List<double> x = new(others.Length), y = new(others.Length);
        for (int step = 0; step < others.Length; step++)
        {
            double value = own.At((step / rate.Hertz) + shift);
            if (!double.IsNaN(value) && !double.IsNaN(others[step]))
            {
                x.Add(value);
                y.Add(others[step]);
            }
        }

        return x.Count >= LeastShare * others.Length ? Correlation.Pearson([.. x], [.. y]) : double.NaN;
    }

    private static double MedianOf(double[] sorted) => sorted.Length == 0 ? 0 : sorted[(sorted.Length - 1) / 2];
}
