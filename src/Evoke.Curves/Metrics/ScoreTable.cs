using System.Collections.Immutable;

namespace Evoke.Curves.Metrics;

/// <summary>All scores of predictions: by video and curve, as means over videos, and pooled over the rows of all videos.</summary>
/// <remarks>
/// All rows with a label count. The mean over everything is first over the curves of a video, then over videos, as the challenge does. Pooled scores treat
/// the rows of all videos as one long curve: differences of level between videos count in them, and long videos weigh more. Labels and predictions are kept,
/// 16 bytes a value. Not thread-safe.
/// </remarks>
public sealed class ScoreTable
{
    private readonly List<double>[] _labels; // [curves][rows]
    private readonly List<double>[] _predictions;
    private readonly List<VideoCurveScores> _videos = [];
    private ImmutableArray<CurveScores?> _pooled;

    /// <summary>Creates a table without videos.</summary>
    public ScoreTable(EmotionScheme scheme)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        Scheme = scheme;
        _labels = [.. scheme.Names.Select(_ => new List<double>())];
        _predictions = [.. scheme.Names.Select(_ => new List<double>())];
    }

    /// <summary>What the columns mean.</summary>
    public EmotionScheme Scheme { get; }

    /// <summary>The videos that have at least one label, in the order in which they were added.</summary>
    public IReadOnlyList<VideoCurveScores> Videos => _videos;

    /// <summary>For each curve its scores over the rows of all videos together; null for a curve without labels. The first call after a video was added
    /// computes them.</summary>
    public ImmutableArray<CurveScores?> Pooled
    {
        get
        {
            if (_pooled.IsDefault)
            {
                CurveScores?[] pooled = new CurveScores?[_labels.Length];
                Parallel.For(0, pooled.Length, curve => pooled[curve] = CurveScores.Of([.. _labels[curve]], [.. _predictions[curve]]));
                _pooled = [.. pooled];
            }

            return _pooled;
        }
    }

    /// <summary>Adds one video; one without labels is left out.</summary>
    /// <exception cref="ArgumentException">Schemes or grids differ.</exception>
    public void Add(string videoId, EmotionCurves labels, EmotionCurves predictions)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(predictions);
        if (!labels.Scheme.HasSameCurves(Scheme) || !predictions.Scheme.HasSameCurves(Scheme) || labels.Grid != predictions.Grid)
        {
            throw new ArgumentException(
                $"Video '{videoId}': expected labels and predictions of {Scheme} on one grid; found {labels.Scheme} on {labels.Grid} and "
                + $"{predictions.Scheme} on {predictions.Grid}.", nameof(predictions));
        }

        VideoCurveScores scores = new(videoId, [.. Enumerable.Range(0, Scheme.Count).Select(curve => AddCurve(labels, predictions, curve))]);
        if (scores.Curves.Any(curve => curve is not null))
        {
            _videos.Add(scores);
            _pooled = default;
        }
    }

    /// <summary>The mean over videos of the mean over curves; NaN without videos.</summary>
    public double MeanOf(ScoreKind kind) => _videos.Select(video => video.MeanOf(kind)).DefaultIfEmpty(double.NaN).Average();

    /// <summary>The mean of one curve over the videos that have labels of it; NaN if none has.</summary>
    public double MeanOf(ScoreKind kind, int curve) =>
        _videos.Select(video => video.Of(kind, curve)).Where(score => !double.IsNaN(score)).DefaultIfEmpty(double.NaN).Average();

    private CurveScores? AddCurve(EmotionCurves labels, EmotionCurves predictions, int curve)
    {
        int before = _labels[curve].Count;
        for (int step = 0; step < labels.Grid.Count; step++)
        {
            float label = labels[step, curve];
            if (!float.IsNaN(label))
            {
                _labels[curve].Add(label);
                _predictions[curve].Add(predictions[step, curve]);
            }
        }

        int count = _labels[curve].Count - before;
        return CurveScores.Of([.. _labels[curve].GetRange(before, count)], [.. _predictions[curve].GetRange(before, count)]);
    }
}
