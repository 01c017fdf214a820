using Evoke.Curves;
using Evoke.Datasets.Labels;
using Evoke.Training.Evaluation;
using Evoke.Training.Recipes;

namespace Evoke.Experiments.Paper;

/// <summary>How well the training labels survive filtering.</summary>
/// <param name="ByFilter">Correlation after each filter of Table 2 at 1 Hz; of the original labels for none.</param>
/// <param name="Sparse">Correlation at 1 Hz, interpolated, without a filter; null if it was not requested.</param>
internal sealed record LabelCorrelations(IReadOnlyDictionary<LabelFilterKind, double> ByFilter, double? Sparse)
{
    /// <summary>Nothing was requested.</summary>
    public static LabelCorrelations None { get; } = new(new Dictionary<LabelFilterKind, double>(), null);

    /// <summary>Computes the correlations.</summary>
    public static LabelCorrelations Of(LabelSet labels, CancellationToken cancellationToken) => new(
        PaperTables.Filters.ToDictionary(row => row.Filter, row => row.Filter == LabelFilterKind.None
            ? LabelCorrelation.Of(labels, labels.Videos[0].Curves.Grid.Rate, null, cancellationToken)
            : LabelCorrelation.Of(labels, new Rate(1), row.Filter.ToFilter(), cancellationToken)),
        LabelCorrelation.Of(labels, new Rate(1), null, cancellationToken));
}
