using System.Collections.Immutable;

namespace Evoke.Curves.Metrics;

/// <summary>How well the curves of one video agree with its labels.</summary>
/// <param name="VideoId">The video's id.</param>
/// <param name="Rows">Number of rows compared.</param>
/// <param name="Pearson">Pearson's correlation of each emotion, in [-1,1]; see <see cref="PairedStatistics.Pearson"/>.</param>
/// <param name="Concordance">Concordance correlation of each emotion, in [-1,1]; see <see cref="PairedStatistics.Concordance"/>.</param>
public sealed record VideoScores(string VideoId, int Rows, ImmutableArray<double> Pearson, ImmutableArray<double> Concordance)
{
    /// <summary>Mean over the emotions.</summary>
    public double MeanPearson => Pearson.Average();

    /// <summary>Mean over the emotions.</summary>
    public double MeanConcordance => Concordance.Average();

    /// <summary>Compares the curves of one video with its labels.</summary>
    /// <param name="videoId">The video's id.</param>
    /// <param name="labels">The viewers' labels.</param>
    /// <param name="predictions">The predicted curves, with the same scheme and grid.</param>
    /// <param name="protocol">Which rows count.</param>
    /// <exception cref="ArgumentException">The schemes or grids differ.</exception>
    public static VideoScores Of(string videoId, EmotionCurves labels, EmotionCurves predictions, RowProtocol protocol)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(predictions);
        if (!labels.Scheme.Equals(predictions.Scheme))
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
            if (protocol == RowProtocol.FaceDetected && !label.ContainsAnyExcept(0f))
            {
                continue;
            }

            rows++;
            ReadOnlySpan<float> prediction = predictions.Row(step);
            for (int emotion = 0; emotion < emotions.Length; emotion++)
            {
                emotions[emotion].Add(label[emotion], prediction[emotion]);
            }
        }

        return new VideoScores(videoId, rows, [.. emotions.Select(emotion => emotion.Pearson)], [.. emotions.Select(emotion => emotion.Concordance)]);
    }
}
