using System.Collections.Immutable;

namespace Evoke.Curves.Metrics;

/// <summary>How well curves agree with labels over a dataset: the mean first over emotions, then over videos (PAPER: Metric).</summary>
/// <remarks>Videos may be added in any order, one at a time; only their scores are kept. Not thread-safe: one thread at a time.</remarks>
public sealed class DatasetScores
{
    private readonly List<VideoScores> _videos = [];

    /// <summary>Creates scores without videos.</summary>
    /// <param name="scheme">What the columns mean.</param>
    /// <param name="protocol">Which rows count.</param>
    public DatasetScores(EmotionScheme scheme, RowProtocol protocol)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        Scheme = scheme;
        Protocol = protocol;
    }

    /// <summary>What the columns mean.</summary>
    public EmotionScheme Scheme { get; }

    /// <summary>Which rows count.</summary>
    public RowProtocol Protocol { get; }

    /// <summary>The videos that had at least one row to compare, in the order in which they were added.</summary>
    public IReadOnlyList<VideoScores> Videos => _videos;

    /// <summary>Pearson's correlation, mean over emotions and videos; the challenge's score if all rows count. 0 if there are no videos.</summary>
    public double Pearson => Mean(video => video.MeanPearson);

    /// <summary>Concordance correlation, mean over emotions and videos; 0 if there are no videos.</summary>
    public double Concordance => Mean(video => video.MeanConcordance);

    /// <summary>
    /// For each emotion the mean of Pearson's correlation over the videos with labels of it; NaN if no video has any, 0 if there are no videos.
    /// </summary>
    public ImmutableArray<double> PearsonByEmotion => [.. Enumerable.Range(0, Scheme.Count).Select(emotion => Mean(video => video.Pearson[emotion]))];

    /// <summary>For each emotion the mean of the concordance correlation, likewise.</summary>
    public ImmutableArray<double> ConcordanceByEmotion => [.. Enumerable.Range(0, Scheme.Count).Select(emotion => Mean(video => video.Concordance[emotion]))];

    /// <summary>
    /// Adds one video. A video without rows to compare (it has no labels; or no face was detected, and only rows with a face count) is excluded from the
    /// means.
    /// </summary>
    /// <exception cref="ArgumentException">Schemes or grids differ.</exception>
    public void Add(string videoId, EmotionCurves labels, EmotionCurves predictions)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (!labels.Scheme.HasSameCurves(Scheme))
        {
            throw new ArgumentException($"Video '{videoId}': expected the emotions {Scheme}; found {labels.Scheme}.", nameof(labels));
        }

        VideoScores scores = VideoScores.Of(videoId, labels, predictions, Protocol);
        if (scores.Rows > 0)
        {
            _videos.Add(scores);
        }
    }

    private double Mean(Func<VideoScores, double> score) =>
        _videos.Count == 0 ? 0 : _videos.Select(score).Where(value => !double.IsNaN(value)).DefaultIfEmpty(double.NaN).Average();
}
