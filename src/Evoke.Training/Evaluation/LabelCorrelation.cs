using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Curves.Interpolation;
using Evoke.Curves.Metrics;
using Evoke.Curves.Signal;
using Evoke.Datasets.Labels;

namespace Evoke.Training.Evaluation;

/// <summary>
/// How much of the labels is left when they are taken at a sparse rate, filtered and interpolated: what a model of such labels can reach at most (the
/// paper's Table 2).
/// </summary>
public static class LabelCorrelation
{
    /// <summary>The mean Pearson correlation, over emotions and then videos, of what is left with the labels as they are; all rows count.</summary>
    /// <param name="labels">The labels, at their own rate.</param>
    /// <param name="rate">Steps per second that are taken of them (Hz).</param>
    /// <param name="filter">What smooths those; null for nothing.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <remarks>Curves that do not move correlate with nothing, not even with themselves, so that even labels as they are stay below 1.</remarks>
    public static double Of(LabelSet labels, double rate, LabelFilter? filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(labels);
        DatasetScores scores = new(labels.Scheme, RowProtocol.All);
        foreach (LabelledVideo video in labels.Videos)
        {
            cancellationToken.ThrowIfCancellationRequested();
            scores.Add(video.VideoId, video.Curves, Left(video.Curves, rate, filter));
        }

        return scores.Pearson;
    }

    private static EmotionCurves Left(EmotionCurves labels, double rate, LabelFilter? filter)
    {
        EmotionCurves sparse = SparseToDense.Interpolate(labels, TimeGrid.ForDuration(labels.Grid.Count / labels.Grid.Rate, rate));
        return SparseToDense.Interpolate(filter?.Apply(sparse) ?? sparse, labels.Grid);
    }
}
