namespace Evoke.Curves.Metrics;

/// <summary>The correction of several p for each other (Holm, 1979): the chance of any false finding among them stays at the level.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class HolmCorrection
{
    /// <summary>The adjusted p, in the same order; NaN stays NaN and does not count as a test.</summary>
    public static double[] Of(IReadOnlyList<double> p)
    {
        ArgumentNullException.ThrowIfNull(p);
        int[] order = [.. Enumerable.Range(0, p.Count).Where(i => !double.IsNaN(p[i])).OrderBy(i => p[i])];
        double[] adjusted = [.. p.Select(_ => double.NaN)];
        double most = 0;
        for (int rank = 0; rank < order.Length; rank++)
        {
            most = Math.Max(most, Math.Min(1, (order.Length - rank) * p[order[rank]]));
            adjusted[order[rank]] = most;
        }

        return adjusted;
    }
}
