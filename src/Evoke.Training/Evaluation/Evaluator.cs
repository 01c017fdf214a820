using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Curves.Metrics;
using Evoke.Datasets;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sources;
using Evoke.Files;
using Evoke.Heads.Reactions;

namespace Evoke.Training.Evaluation;

/// <summary>Scores predictions against labels: rows are matched by video and timestamp.</summary>
public static class Evaluator
{
    private const int NamesInMessages = 5;

    /// <summary>Scores the predictions of a file.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="predictions">The predictions.</param>
    /// <param name="missingAsZeros">True to score labelled videos without predictions as zeros, as the challenge did; false to throw an error.</param>
    /// <exception cref="DatasetException">Emotions, videos or rows do not match; the message names what is missing or extra.</exception>
    public static EvaluationReport Score(LabelSet labels, LabelSet predictions, bool missingAsZeros = false)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(predictions);
        if (!labels.Scheme.Equals(predictions.Scheme))
        {
            throw new DatasetException(
                $"Labels and predictions must have the same emotions: {labels.Name} has {labels.Scheme}; {predictions.Name} has {predictions.Scheme}.");
        }

        string[] missing = [.. labels.Videos.Where(video => predictions.Find(video.VideoId) is null).Select(video => video.VideoId)];
        string[] extra = [.. predictions.Videos.Where(video => labels.Find(video.VideoId) is null).Select(video => video.VideoId)];
        if ((missing.Length > 0 && !missingAsZeros) || extra.Length > 0)
        {
            throw new DatasetException(
                $"{predictions.Name} does not have the videos of {labels.Name}: "
                + $"{string.Join("; ", new[] { Listed("missing", missingAsZeros ? [] : missing), Listed("extra", extra) }.OfType<string>())}.");
        }

        return Score(labels, missing, video => predictions.Find(video.VideoId) is { } found ? Matched(video, found, predictions.Name) : Zeros(video));
    }

    /// <summary>Scores a model on features; its curves are interpolated to the rows of the labels.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="model">The model.</param>
    /// <param name="features">The features of the labelled videos.</param>
    /// <param name="missingAsZeros">
    /// True to score videos without features as zeros, as the challenge did; false to leave them out. They are listed either way.
    /// </param>
    /// <param name="progress">Called after each video with the number of videos done.</param>
    /// <param name="cancellationToken">Cancels the evaluation.</param>
    /// <exception cref="DatasetException">Emotions do not match, or no video has features.</exception>
    /// <exception cref="EvokeException">Features cannot be read, or do not fit the model.</exception>
    public static EvaluationReport Score(
        LabelSet labels, IReactionModel model, IFeatureSource features, bool missingAsZeros = false, Action<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(features);
        ThrowIfOtherEmotions(labels, model);
        string[] missing = MissingFrom(labels, features);
        int done = 0;
        NotedPrediction prediction = new(model, features);
        EvaluationReport report = Score(labels, missing, video =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            EmotionCurves? curves = features.Contains(video.VideoId) ? prediction.Predict(video.VideoId, video.Curves.Grid)
                : missingAsZeros ? Zeros(video) : null;
            progress?.Invoke(++done);
            return curves;
        });
        return report with { Notes = prediction.Notes };
    }

    /// <summary>Throws if a model predicts other emotions than the labels have.</summary>
    /// <exception cref="DatasetException">The emotions differ.</exception>
    public static void ThrowIfOtherEmotions(LabelSet labels, IReactionModel model)
    {
        if (!labels.Scheme.Equals(model.Scheme))
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

    /// <summary>Scores curves on the rows of the labels; videos without curves are left out.</summary>
    public static EvaluationReport Score(LabelSet labels, string[] missing, Func<LabelledVideo, EmotionCurves?> predict)
    {
        DatasetScores all = new(labels.Scheme, RowProtocol.All);
        DatasetScores detected = new(labels.Scheme, RowProtocol.FaceDetected);
        long rows = 0;
        foreach (LabelledVideo video in labels.Videos)
        {
            if (predict(video) is { } curves)
            {
                all.Add(video.VideoId, video.Curves, curves);
                detected.Add(video.VideoId, video.Curves, curves);
                rows += curves.Grid.Count;
            }
        }

        return EvaluationReport.Of(all, detected, rows, missing, Bootstrap.Seed);
    }

    private static EmotionCurves Matched(LabelledVideo labels, LabelledVideo predicted, string name)
    {
        TimeGrid expected = labels.Curves.Grid, found = predicted.Curves.Grid;
        if (expected == found)
        {
            return predicted.Curves;
        }

        string what = expected.Rate != found.Rate ? $"expected {expected}, found {found}"
            : found.Count < expected.Count ? $"{expected.Count - found.Count} rows are missing, the first at {expected.MicrosecondsAt(found.Count)}"
            : $"{found.Count - expected.Count} rows are extra, the first at {found.MicrosecondsAt(expected.Count)}";
        throw new DatasetException($"{name}: the rows of video '{labels.VideoId}' do not match its labels: {what}.");
    }

    private static EmotionCurves Zeros(LabelledVideo video) => new(video.Curves.Scheme, video.Curves.Grid, new float[video.Curves.Values.Length]);

    private static string? Listed(string what, string[] ids) => ids.Length == 0
        ? null
        : $"{ids.Length} {what} ({string.Join(", ", ids.Take(NamesInMessages))}{(ids.Length > NamesInMessages ? ", …" : "")})";
}
