using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Curves.Interpolation;
using Evoke.Curves.Metrics;
using Evoke.Datasets;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sources;
using Evoke.Files;
using Evoke.Files.Text;
using Evoke.Heads.Reactions;

namespace Evoke.Training.Evaluation;

/// <summary>Scores predictions against labels: matched by video, by time, and by the names of the curves in any case.</summary>
/// <remarks>
/// Predictions are interpolated to the rows of the labels if their rates differ, and converted linearly to the labels' ranges if these differ. Missing labels
/// do not count. Thread-safe for different models: each takes one call at a time.
/// </remarks>
public static class Evaluator
{
    private const int NamesInMessages = 5;

    // Tables on different clocks end at different times: each up to a step and a bit before the end of the video,
    private const double MostStepsApart = 1.5;

    // and labels a little earlier, at the last row that somebody rated.
    private const double UsualSecondsApart = 2;

    /// <summary>Scores the predictions of a file.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="predictions">The predictions, at any rate, with the same curves in any order.</param>
    /// <param name="missingAsZeros">True to score labelled videos without predictions as zeros, as the challenge did; false to throw an error.</param>
    /// <param name="emotions">Names of the curves to score, which both must have; null or empty for all, which must then be the same in both.</param>
    /// <exception cref="DatasetException">Emotions, videos or rows do not match; the message names what is missing or extra.</exception>
    public static EvaluationReport Score(LabelSet labels, LabelSet predictions, bool missingAsZeros = false, IReadOnlyCollection<string>? emotions = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(predictions);
        labels = Chosen(labels, emotions, predictions.Scheme, $"{predictions.Name} has");
        string[] missing = [.. labels.Videos.Where(video => predictions.Find(video.VideoId) is null).Select(video => video.VideoId)];
        string[] extra = [.. predictions.Videos.Where(video => labels.Find(video.VideoId) is null).Select(video => video.VideoId)];
        if ((missing.Length > 0 && !missingAsZeros) || extra.Length > 0)
        {
            throw new DatasetException(
                $"{predictions.Name} does not have the videos of {labels.Name}: "
                + $"{string.Join("; ", new[] { Listed("missing", missingAsZeros ? [] : missing), Listed("extra", extra) }.OfType<string>())}.");
        }

        EvaluationReport report = Score(
            labels,
            missing,
            video => predictions.Find(video.VideoId) is { } found ? Matched(video, found, predictions.Name) : Zeros(video),
            new ScoreTable(labels.Scheme));
        return report with { Notes = [.. labels.Notes, .. predictions.Notes] };
    }

    /// <summary>Scores a model on features; its curves are interpolated to the rows of the labels.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="model">The model.</param>
    /// <param name="features">The features of the labelled videos.</param>
    /// <param name="missingAsZeros">
    /// True to score videos without features as zeros, as the challenge did; false to leave them out. They are listed either way.
    /// </param>
    /// <param name="emotions">Names of the curves to score, which both must have; null or empty for all, which must then be the same in both.</param>
    /// <param name="progress">Gets the number of videos done after each.</param>
    /// <param name="cancellationToken">Cancels the evaluation.</param>
    /// <exception cref="DatasetException">Emotions do not match, or no video has features.</exception>
    /// <exception cref="EvokeException">Features cannot be read, or do not fit the model.</exception>
    public static EvaluationReport Score(
        LabelSet labels, IReactionModel model, IFeatureSource features, bool missingAsZeros = false, IReadOnlyCollection<string>? emotions = null,
        IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(features);
        labels = Chosen(labels, emotions, model.Scheme, $"model '{model.Name}' gives");
        string[] missing = MissingFrom(labels, features);
        int done = 0;
        NotedPrediction prediction = new(model, features);
        EvaluationReport report = Score(labels, missing, video =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            EmotionCurves? curves = features.Contains(video.VideoId) ? prediction.Predict(video.VideoId, video.Curves.Grid)
                : missingAsZeros ? Zeros(video) : null;
            progress?.Report(++done);
            return curves;
        }, new ScoreTable(labels.Scheme));
        return report with { Notes = [.. labels.Notes, .. prediction.Notes] };
    }

    /// <summary>Throws if a model predicts other curves than the labels have, in another order or on other scales.</summary>
    /// <exception cref="DatasetException">The emotions differ.</exception>
    public static void ThrowIfOtherEmotions(LabelSet labels, IReactionModel model)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(model);
        if (!labels.Scheme.HasSameCurves(model.Scheme))
        {
            throw new DatasetException(
                $"Labels and model must have the same emotions: {labels.Name} has {labels.Scheme}; model '{model.Name}' gives {model.Scheme}.");
        }
    }

    /// <summary>Ids of labelled videos without features.</summary>
    /// <exception cref="DatasetException">None has features.</exception>
    public static string[] MissingFrom(LabelSet labels, IFeatureSource features)
    {
        string[] missing = [.. labels.Videos.Where(video => !features.Contains(video.VideoId)).Select(video => video.VideoId)];
        return missing.Length < labels.Videos.Count
            ? missing
            : throw new DatasetException(
                $"None of the {missing.Length} videos of {labels.Name} has features in {features.Name}; "
                + $"the first are {string.Join(", ", missing.Take(NamesInMessages))}.");
    }

    /// <summary>Scores curves on the rows of the labels, with their columns in any order; videos without curves are left out.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="missing">Ids of videos without curves, for the report.</param>
    /// <param name="predict">Gives the curves of a video, on the grid of its labels; null to leave it out.</param>
    /// <param name="details">An empty table to fill with all scores; null for reports that are only compared with each other.</param>
    public static EvaluationReport Score(
        LabelSet labels, string[] missing, Func<LabelledVideo, EmotionCurves?> predict, ScoreTable? details = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(predict);
        DatasetScores all = new(labels.Scheme, RowProtocol.All);
        DatasetScores detected = new(labels.Scheme, RowProtocol.FaceDetected);
        long rows = 0;
        foreach (LabelledVideo video in labels.Videos)
        {
            if (predict(video)?.As(labels.Scheme) is { } curves)
            {
                all.Add(video.VideoId, video.Curves, curves);
                detected.Add(video.VideoId, video.Curves, curves);
                details?.Add(video.VideoId, video.Curves, curves);
                rows += curves.Grid.Count;
            }
        }

        return EvaluationReport.Of(all, detected, details, rows, missing, Bootstrap.Seed);
    }

    /// <summary>Predictions of a file on the rows of a video's labels.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="predicted">The predictions of the same video.</param>
    /// <param name="name">The name of the predictions in messages: their file.</param>
    /// <exception cref="DatasetException">The rows do not match, or a prediction is missing; the message names the video.</exception>
    public static EmotionCurves Matched(LabelledVideo labels, LabelledVideo predicted, string name)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(predicted);
        TimeGrid expected = labels.Curves.Grid, found = predicted.Curves.Grid;
        if (expected == found)
        {
            return Whole(predicted, name);
        }

        double slack = MostStepsApart / Math.Min(expected.Rate.Hertz, found.Rate.Hertz);
        double longer = (found.Count / found.Rate.Hertz) - (expected.Count / expected.Rate.Hertz);
        if (expected.Rate != found.Rate && longer >= -slack && longer <= UsualSecondsApart + slack)
        {
            return SparseToDense.Interpolate(Whole(predicted, name), expected);
        }

        string what = expected.Rate != found.Rate ? $"expected {expected}, found {found}"
            : found.Count < expected.Count
                ? $"{Quantity.Of(expected.Count - found.Count, "row is", "rows are")} missing, the first at {expected.MicrosecondsAt(found.Count)}"
            : $"{Quantity.Of(found.Count - expected.Count, "row is", "rows are")} extra, the first at {found.MicrosecondsAt(expected.Count)}";
        throw new DatasetException($"{name}: the rows of video '{labels.VideoId}' do not match its labels: {what}.");
    }

    private static EmotionCurves Whole(LabelledVideo predicted, string name)
    {
        EmotionScheme scheme = predicted.Curves.Scheme;
        int missing = predicted.Curves.Values.IndexOf(float.NaN);
        return missing < 0
            ? predicted.Curves
            : throw new DatasetException(
                $"{name}: video '{predicted.VideoId}' has no prediction of {scheme.Names[missing % scheme.Count]} "
                + FormattableString.Invariant($"at timestamp {predicted.Times.TimestampAt(missing / scheme.Count)}; only labels may be missing."));
    }

    // The labels of the curves to score.
    private static LabelSet Chosen(LabelSet labels, IReadOnlyCollection<string>? emotions, EmotionScheme found, string who)
    {
        LabelSet chosen = labels.Select(emotions ?? []);
        if (chosen != labels)
        {
            string[] missing = [.. chosen.Scheme.Names.Where(name => found.IndexOf(name) < 0)];
            return missing.Length == 0 ? chosen : throw new DatasetException(
                $"Labels and predictions must both have the curves to score: {who} no {string.Join(" and no ", missing)}; found {found}.");
        }

        if (!labels.Scheme.HasSameNames(found))
        {
            string[] shared = [.. labels.Scheme.Names.Where(name => found.IndexOf(name) >= 0)];
            throw new DatasetException(
                $"Labels and predictions must have the same curves: {labels.Name} has {labels.Scheme}; {who} {found}. "
                + (shared.Length > 0 ? $"To score those that both have: --emotions {string.Join(',', shared)}." : "They have none in common."));
        }

        return labels;
    }

    private static EmotionCurves Zeros(LabelledVideo video) => new(video.Curves.Scheme, video.Curves.Grid, new float[video.Curves.Values.Length]);

    private static string? Listed(string what, string[] ids) => ids.Length == 0
        ? null
        : $"{ids.Length} {what} ({string.Join(", ", ids.Take(NamesInMessages))}{(ids.Length > NamesInMessages ? ", …" : "")})";
}
