using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Curves.Interpolation;
using Evoke.Curves.Metrics;
using Evoke.Curves.Signal;
using Evoke.Datasets.Labels;

namespace Evoke.Training.Evaluation;

/// <summary>
/// How well labels survive sampling at a sparse rate, filtering and interpolation: an upper bound for models trained on such labels (the paper's Table
/// 2).
/// </summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class LabelCorrelation
{
    /// <summary>The mean Pearson correlation, over emotions and then videos, between the resulting labels and the original ones; all rows count.</summary>
    /// <param name="labels">The labels, at their own rate.</param>
    /// <param name="rate">Sampling rate: steps per second (Hz).</param>
    /// <param name="filter">The filter on the sampled labels; null for none.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <remarks>Constant curves have no correlation, not even with themselves, so even the original labels stay below 1.</remarks>
    public static double Of(LabelSet labels, Rate rate, LabelFilter? filter, CancellationToken cancellationToken = default)
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

    private static EmotionCurves Left(EmotionCurves labels, Rate rate, LabelFilter? filter)
    {
        EmotionCurves sparse = SparseToDense.Interpolate(labels, TimeGrid.ForDuration(labels.Grid.Count / labels.Grid.Rate.Hertz, rate));
        return SparseToDense.Interpolate(filter?.Apply(sparse) ?? sparse, labels.Grid);
    }
}
