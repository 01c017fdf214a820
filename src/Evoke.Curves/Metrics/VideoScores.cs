using System.Collections.Immutable;

namespace Evoke.Curves.Metrics;

/// <summary>How well the curves of one video agree with its labels.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="VideoId">The video's id.</param>
/// <param name="Rows">Number of rows compared: those with at least one label.</param>
/// <param name="Pearson">Pearson's correlation of each emotion, in [-1,1]; see <see cref="PairedStatistics.Pearson"/>. NaN if it has no label.</param>
/// <param name="Concordance">
/// Concordance correlation of each emotion, in [-1,1]; see <see cref="PairedStatistics.Concordance"/>. NaN if it has no label.
/// </param>
public sealed record VideoScores(string VideoId, int Rows, ImmutableArray<double> Pearson, ImmutableArray<double> Concordance)
{
    /// <summary>Mean over the emotions that have labels; NaN if none has.</summary>
    public double MeanPearson => Mean(Pearson);

    /// <summary>Mean over the emotions that have labels; NaN if none has.</summary>
    public double MeanConcordance => Mean(Concordance);

    /// <summary>Compares the curves of one video with its labels; a missing label (NaN) does not count, whatever the protocol.</summary>
    /// <param name="videoId">The video's id.</param>
    /// <param name="labels">The viewers' labels.</param>
    /// <param name="predictions">The predicted curves, with the same scheme and grid.</param>
    /// <param name="protocol">Which rows count.</param>
    /// <exception cref="ArgumentException">The schemes or grids differ.</exception>
    public static VideoScores Of(string videoId, EmotionCurves labels, EmotionCurves predictions, RowProtocol protocol)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(predictions);
        if (!labels.Scheme.HasSameCurves(predictions.Scheme))
        {
            throw new ArgumentException(
                $"Video '{videoId}': the labels have the emotions {labels.Scheme}; the predictions have {predictions.Scheme}.", nameof(predictions));
        }

        if (labels.Grid != predictions.Grid)
        {
            throw new ArgumentException($"Video '{videoId}': the labels have {labels.Grid}; the predictions have {predictions.Grid}.", nameof(predictions));
        }

        PairedStatistics[] emotions = new PairedStatistics[labels.Scheme.Count];
        int rows = 0;
        for (int step = 0; step < labels.Grid.Count; step++)
        {
            ReadOnlySpan<float> label = labels.Row(step);
            if (protocol == RowProtocol.FaceDetected && labels.Scheme.IsGap(label))
            {
                continue;
            }

            bool counts = false;
            ReadOnlySpan<float> prediction = predictions.Row(step);
            for (int emotion = 0; emotion < emotions.Length; emotion++)
            {
                if (!float.IsNaN(label[emotion]))
                {
                    emotions[emotion].Add(label[emotion], prediction[emotion]);
                    counts = true;
                }
            }

            rows += counts ? 1 : 0;
        }

        return new VideoScores(
            videoId,
            rows,
            [.. emotions.Select(emotion => Known(emotion, emotion.Pearson))],
            [.. emotions.Select(emotion => Known(emotion, emotion.Concordance))]);
    }

    private static double Known(PairedStatistics pairs, double score) => pairs.Count > 0 ? score : double.NaN;

    private static double Mean(ImmutableArray<double> scores) => scores.Where(score => !double.IsNaN(score)).DefaultIfEmpty(double.NaN).Average();
}
