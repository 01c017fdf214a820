using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Curves.Interpolation;
using Evoke.Datasets;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sources;
using Evoke.Files;
using Evoke.Heads.Reactions;
using Evoke.Training.Evaluation;

namespace Evoke.Experiments.Comparisons;

/// <summary>What one model says of each video, at the rows of the labels that it is held against.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
/// <param name="Name">The name in tables.</param>
/// <param name="Videos">Curves by video, each on the grid and in the scheme of its labels.</param>
public sealed record ModelCurves(string Name, IReadOnlyDictionary<string, EmotionCurves> Videos)
{
    // Predictions of a whole film have a row or two more than labels that were moved earlier.
    private const int RowsOfSlack = 1;

    /// <summary>Takes predictions from a file.</summary>
    /// <param name="name">The name in tables.</param>
    /// <param name="labels">The labels, moved earlier by the lag.</param>
    /// <param name="predictions">The predictions, with all curves of the labels; other videos and curves are ignored.</param>
    /// <param name="lagSeconds">How much earlier the labels were moved: predictions may be longer by this.</param>
    /// <exception cref="DatasetException">A curve is missing, or rows do not match; the message names the file and the video.</exception>
    public static ModelCurves Of(string name, LabelSet labels, LabelSet predictions, double lagSeconds = 0)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(predictions);
        ThrowIfCurvesAreMissing(predictions.Name, labels.Scheme, predictions.Scheme);
        Dictionary<string, EmotionCurves> videos = new(StringComparer.Ordinal);
        foreach (LabelledVideo video in labels.Videos)
        {
            if (predictions.Find(video.VideoId) is { } found)
            {
                videos.Add(video.VideoId, Evaluator.Matched(video, Cropped(found, video.Curves.Grid, lagSeconds), predictions.Name).As(labels.Scheme));
            }
        }

        return new(name, videos);
    }

    /// <summary>Predicts from features.</summary>
    /// <param name="name">The name in tables.</param>
    /// <param name="labels">The labels, moved earlier by the lag.</param>
    /// <param name="model">The model, with all curves of the labels.</param>
    /// <param name="features">The features; videos without them are left out.</param>
    /// <param name="progress">Gets the number of videos done after each.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="DatasetException">A curve is missing.</exception>
    /// <exception cref="EvokeException">Features cannot be read, or do not fit the model.</exception>
    public static ModelCurves Of(
        string name,
        LabelSet labels,
        IReactionModel model,
        IFeatureSource features,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(features);
        ThrowIfCurvesAreMissing(name, labels.Scheme, model.Scheme);
        Dictionary<string, EmotionCurves> videos = new(StringComparer.Ordinal);
        foreach (LabelledVideo video in labels.Videos.Where(video => features.Contains(video.VideoId)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            videos.Add(
                video.VideoId,
                SparseToDense.Interpolate(model.Predict(features.Read(video.VideoId)).Mean, video.Curves.Grid).As(labels.Scheme));
            progress?.Report(videos.Count);
        }

        return new(name, videos);
    }

    private static LabelledVideo Cropped(LabelledVideo found, TimeGrid grid, double lagSeconds)
    {
        TimeGrid own = found.Curves.Grid;
        int extra = own.Count - grid.Count;
        return lagSeconds > 0 && own.Rate == grid.Rate && extra > 0 && extra <= (lagSeconds * grid.Rate.Hertz) + RowsOfSlack
            ? new LabelledVideo(found.VideoId, RowCropping.Cropped(found.Curves, grid))
            : found;
    }

    private static void ThrowIfCurvesAreMissing(string who, EmotionScheme labels, EmotionScheme found)
    {
        string[] missing = [.. labels.Names.Where(name => found.IndexOf(name) < 0)];
        if (missing.Length > 0)
        {
            string[] shared = [.. labels.Names.Except(missing)];
            throw new DatasetException(
                $"{who} has no {string.Join(" and no ", missing)}; expected the curves of the labels, {labels}; found {found}. "
                + (shared.Length > 0 ? $"To compare those that all have: --emotions {string.Join(',', shared)}." : "They have none in common."));
        }
    }
}
