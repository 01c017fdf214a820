using System.Collections.Immutable;
using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Curves.Metrics;
using Evoke.Curves.Randomness;
using Evoke.Curves.Ratings;
using Evoke.Datasets;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Ratings;
using Evoke.Datasets.Ratings.Reading;
using Evoke.Files;

namespace Evoke.Experiments.Comparisons;

/// <summary>
/// What each rater said of the videos: how well a rater agrees with the others is the noise ceiling, and how a comparison changes from panel to panel of
/// raters is the raters' noise.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class RaterPanel
{
    private const int Panels = 500;

    private readonly Dictionary<(string Video, string Curve), RatedCurve> _curves;
    private readonly ImmutableArray<string> _raters;

    private RaterPanel(IEnumerable<RatedCurve> curves)
    {
        _curves = curves.ToDictionary(curve => (curve.VideoId, curve.Curve));
        _raters = [.. _curves.Values.SelectMany(curve => curve.Raters).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>How many raters there are.</summary>
    public int Raters => _raters.Length;

    /// <summary>Reads ratings at the rate of labels.</summary>
    /// <param name="path">A folder that <c>evoke dataset import</c> wrote, or a file or folder of ratings that it would read.</param>
    /// <param name="labels">The labels that models are held against.</param>
    /// <param name="lagSeconds">How much earlier the labels were moved.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="DatasetException">No video or no curve of the labels was rated, or there is a single rater.</exception>
    /// <exception cref="EvokeException">The ratings cannot be read.</exception>
    public static RaterPanel Read(string path, LabelSet labels, double lagSeconds = 0, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(labels);
        string imported = Path.Combine(path, RatingFolder.Raters);
        RatingReading reading = RatingReader.Read([File.Exists(imported) ? imported : path], new RatingMapping(), [], cancellationToken);
        RaterPanel panel = new(
            from curve in reading.Curves
            let video = labels.Find(curve.VideoId)
            let name = labels.Scheme.Names.FirstOrDefault(name => string.Equals(name, curve.Curve, StringComparison.OrdinalIgnoreCase))
            where video is not null && name is not null
            select RatedCurve.Of(curve.VideoId, name, [.. curve.Traces.Select(trace => trace.Earlier(lagSeconds))], video.Curves.Grid.Rate));
        return panel._raters.Length >= 2
            ? panel
            : throw new DatasetException(
                $"{path}: expected the ratings of at least two raters of videos and curves of {labels.Name}; found {panel._raters.Length} "
                + $"{(panel._raters.Length == 1 ? "rater" : "raters")} of them. Ids of videos and names of curves must be those of the labels.");
    }

    /// <summary>For each video the score of a rater against the mean of the others, mean over raters: [videos]; NaN where fewer than two rated it.</summary>
    /// <param name="videos">The videos.</param>
    /// <param name="curve">The curve.</param>
    /// <param name="kind">Which score.</param>
    public double[] Ceiling(IEnumerable<string> videos, string curve, ScoreKind kind) =>
        [.. videos.Select(video => _curves.TryGetValue((video, curve), out RatedCurve? rated) ? Ceiling(rated.Common(), kind) : double.NaN)];

    /// <summary>The 95 % interval over panels of the mean difference of two models; null if no video of the comparison was rated.</summary>
    /// <remarks>
    /// As many raters as there are, are drawn with replacement, 500 times; their mean is the label of each video that some of them rated, and both models
    /// are scored against it.
    /// </remarks>
    /// <param name="labels">The videos.</param>
    /// <param name="a">The first model.</param>
    /// <param name="b">The second model.</param>
    /// <param name="curves">The curves: the difference is the mean over them.</param>
    /// <param name="kind">Which score.</param>
    /// <param name="seed">The seed of the draws.</param>
    public ScoreInterval? DifferenceOverPanels(LabelSet labels, ModelCurves a, ModelCurves b, IReadOnlyList<string> curves, ScoreKind kind, int seed)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        double[] differences = new double[Panels];
        Parallel.For(0, Panels, panel =>
        {
            var random = CounterRandom.For(seed, RandomPurpose.Raters, panel);
            string[] drawn = [.. _raters.Select(_ => _raters[random.NextInt(_raters.Length)])];
            differences[panel] = Difference(labels, a, b, curves, kind, drawn);
        });
        double[] known = [.. differences.Where(difference => !double.IsNaN(difference)).Order()];
        return known.Length == 0 ? null : new(known[(int)(0.025 * (known.Length - 1))], known[(int)Math.Ceiling(0.975 * (known.Length - 1))]);
    }

    private double Difference(LabelSet labels, ModelCurves a, ModelCurves b, IReadOnlyList<string> curves, ScoreKind kind, string[] drawn)
    {
        List<double> videos = [];
        foreach (LabelledVideo video in labels.Videos.Where(video => a.Videos.ContainsKey(video.VideoId) && b.Videos.ContainsKey(video.VideoId)))
        {
            double[] known = [.. curves.Select(OfCurve).Where(difference => !double.IsNaN(difference))];
            if (known.Length > 0)
            {
                videos.Add(known.Average());
            }

            double OfCurve(string curve)
            {
                int column = labels.Scheme.IndexOf(curve);
                return _curves.TryGetValue((video.VideoId, curve), out RatedCurve? rated)
                    ? Difference(MeanOf(rated, drawn), a.Videos[video.VideoId], b.Videos[video.VideoId], column, kind)
                    : double.NaN;
            }
        }

        return videos.Count == 0 ? double.NaN : videos.Average();
    }

    private static double Difference(double[] label, EmotionCurves a, EmotionCurves b, int column, ScoreKind kind)
    {
        int[] steps = [.. Enumerable.Range(0, Math.Min(label.Length, a.Grid.Count)).Where(step => !double.IsNaN(label[step]))];
        double[] labels = Array.ConvertAll(steps, step => label[step]);
        CurveScores? ofA = CurveScores.Of(labels, Array.ConvertAll(steps, step => (double)a[step, column]));
        CurveScores? ofB = CurveScores.Of(labels, Array.ConvertAll(steps, step => (double)b[step, column]));
        return ofA is null || ofB is null ? double.NaN : ofB[kind] - ofA[kind];
    }

    // The mean of the drawn raters who have a value; NaN where none has.
    private static double[] MeanOf(RatedCurve rated, string[] drawn)
    {
        int[] weights = [.. rated.Raters.Select(rater => drawn.Count(name => name == rater))];
        double[] mean = new double[rated.Grid.Count];
        for (int step = 0; step < mean.Length; step++)
        {
            (double sum, int count) = (0, 0);
            for (int rater = 0; rater < weights.Length; rater++)
            {
                double value = rated.Of(rater)[step];
                if (weights[rater] > 0 && !double.IsNaN(value))
                {
                    sum += weights[rater] * value;
                    count += weights[rater];
                }
            }

            mean[step] = count == 0 ? double.NaN : sum / count;
        }

        return mean;
    }

    private static double Ceiling(double[][] ratings, ScoreKind kind)
    {
        if (ratings.Length < 2 || ratings[0].Length < 2)
        {
            return double.NaN;
        }

        double[] sum = [.. Enumerable.Range(0, ratings[0].Length).Select(step => ratings.Sum(row => row[step]))];
        return ratings.Average(row => CurveScores.Of([.. sum.Select((all, step) => (all - row[step]) / (ratings.Length - 1))], row)![kind]);
    }
}
