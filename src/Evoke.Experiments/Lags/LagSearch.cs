using System.Collections.Concurrent;
using System.Collections.Immutable;
using Evoke.Curves.Interpolation;
using Evoke.Curves.Metrics;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sets;
using Evoke.Datasets.Sources;
using Evoke.Datasets.Splits;
using Evoke.Experiments.Baselines;
using Evoke.Features;
using Evoke.Files;
using Evoke.Training.Evaluation;

namespace Evoke.Experiments.Lags;

/// <summary>
/// Finds how late people answered: the lag by which labels must be moved earlier so that a ridge on the features predicts them best, in cross-validation.
/// </summary>
/// <remarks>
/// The ridge has a fixed penalty (1, on standardised features), so that nothing is chosen by the videos that are scored. Features of all videos are kept in
/// memory. Give only training labels: a lag that was chosen on test videos flatters. Thread-safe: without state.
/// </remarks>
public static class LagSearch
{
    private const double Penalty = 1;

    /// <summary>Tries all lags.</summary>
    /// <param name="labels">The training labels.</param>
    /// <param name="features">The features; videos without them are left out.</param>
    /// <param name="options">Which lags; null for the defaults.</param>
    /// <param name="progress">Gets the number of lags done after each: see <see cref="LagSearchOptions.Lags"/>.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="EvokeException">There are fewer than two groups of videos, a video is not longer than the largest lag, or features cannot be
    /// read.</exception>
    public static LagReport Run(
        LabelSet labels,
        IFeatureSource features,
        LagSearchOptions? options = null,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(features);
        options ??= new LagSearchOptions();
        string[] missing = Evaluator.MissingFrom(labels, features);
        LabelSet known = labels.Only(labels.Name, labels.Videos.Select(video => video.VideoId).Except(missing));
        ImmutableArray<string> groups = options.Groups.Of(known.Videos.Select(video => video.VideoId));
        int folds = Math.Max(2, Math.Min(options.Folds, groups.Distinct().Count()));
        ImmutableArray<int> foldOf = GroupDealing.Deal(known, groups, [.. Enumerable.Repeat(1.0, folds)], options.Seed);
        using IFeatureSource kept = Kept(features, known);
        ImmutableArray<double> lags = options.Lags;
        double[][] scores = new double[lags.Length][];
        for (int i = 0; i < lags.Length; i++)
        {
            scores[i] = ScoresWith(lags[i], known, kept, foldOf, folds, options, cancellationToken);
            progress?.Report(i + 1);
        }

        return Report(lags, scores, groups, folds);
    }

    private static LagReport Report(ImmutableArray<double> lags, double[][] scores, ImmutableArray<string> groups, int folds)
    {
        LagScore[] found = [.. lags.Select((lag, i) => new LagScore(lag, GroupedScores.Of(scores[i], groups).Mean))];
        int best = Enumerable.Range(0, found.Length).MaxBy(i => found[i].Pearson);
        var gain = GroupedScores.Of([.. scores[best].Zip(scores[0], (with, without) => with - without)], groups);
        return new()
        {
            Lags = [.. found],
            Best = found[best].Seconds,
            Gain = gain.Mean,
            GainInterval = best == 0 ? null : gain.Interval(),
            Folds = folds,
            Videos = groups.Length,
            Groups = groups.Distinct().Count(),
        };
    }

    // The score of each video, in the order of the labels.
    private static double[] ScoresWith(
        double lag,
        LabelSet labels,
        IFeatureSource features,
        ImmutableArray<int> foldOf,
        int folds,
        LagSearchOptions options,
        CancellationToken cancellationToken)
    {
        LabelSet moved = labels.Earlier(lag);
        Dictionary<string, double> scores = new(StringComparer.Ordinal);
        for (int fold = 0; fold < folds; fold++)
        {
            VideoSet train = Joined(video => foldOf[video] != fold), test = Joined(video => foldOf[video] == fold);
            using RidgeModel ridge = RidgeModel.Fit(train, test, new RidgeOptions { Rate = options.Rate, Penalties = [Penalty] }, cancellationToken);
            ScoreTable table = new(labels.Scheme);
            foreach (TrainingVideo video in test.Videos)
            {
                table.Add(
                    video.Id, video.Labels.Curves, SparseToDense.Interpolate(ridge.Predict(features.Read(video.Id)).Mean, video.Labels.Curves.Grid));
            }

            foreach (VideoCurveScores video in table.Videos)
            {
                scores.Add(video.VideoId, video.MeanOf(ScoreKind.Pearson));
            }
        }

        return [.. labels.Videos.Select(video => scores.GetValueOrDefault(video.VideoId, double.NaN))];

        VideoSet Joined(Predicate<int> isIn) => VideoSet.Join(
            moved.Only(moved.Name, moved.Videos.Where((_, video) => isIn(video)).Select(video => video.VideoId)),
            features,
            FoundModalities.Of(moved, features),
            options.Rate,
            cancellationToken);
    }

    private static MemoryFeatureSource Kept(IFeatureSource features, LabelSet labels)
    {
        ConcurrentDictionary<string, VideoFeatures> kept = new(StringComparer.Ordinal);
        return new(features.Name, labels.Videos.Select(video => video.VideoId), id => kept.GetOrAdd(id, features.Read));
    }
}
