using Evoke.Curves.Metrics;

namespace Evoke.Experiments.Folds;

/// <summary>The scores of one model in a cross-validation.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
/// <param name="Name">"model", "clock" or "ridge".</param>
/// <param name="Predictions">The file of its out-of-fold predictions.</param>
/// <param name="All">The mean over curves: by score ("pearson").</param>
/// <param name="Curves">By curve and score; curves without labels are left out.</param>
public sealed record ModelEstimate(
    string Name,
    string Predictions,
    IReadOnlyDictionary<string, CurveEstimate> All,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, CurveEstimate>> Curves)
{
    /// <summary>Scores a model.</summary>
    internal static ModelEstimate Of(string name, string predictions, ScoreTable table, IReadOnlyList<string> groups)
    {
        return new(
            name,
            Path.GetFileName(predictions),
            ScoreKinds.All.ToDictionary(kind => kind.KeyOf(), kind => Estimate(kind, null)),
            Enumerable.Range(0, table.Scheme.Count).Where(curve => table.Pooled[curve] is not null).ToDictionary(
                curve => table.Scheme.Names[curve],
                IReadOnlyDictionary<string, CurveEstimate> (curve) => ScoreKinds.All.ToDictionary(kind => kind.KeyOf(), kind => Estimate(kind, curve))));

        CurveEstimate Estimate(ScoreKind kind, int? curve)
        {
            var scores = GroupedScores.Of([.. table.Videos.Select(video => curve is { } one ? video.Of(kind, one) : video.MeanOf(kind))], groups);
            double pooled = curve is { } own ? table.Pooled[own]![kind] : table.Pooled.OfType<CurveScores>().Average(all => all[kind]);
            return new(scores.Mean, scores.Interval(), pooled);
        }
    }
}
