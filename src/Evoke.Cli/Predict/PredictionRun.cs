using System.Globalization;
using System.Text.Json.Serialization;
using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Curves.Export;
using Evoke.Curves.Export.Markers;
using Evoke.Curves.Measures;
using Evoke.Datasets.Viewers;
using Evoke.Encoders.Extraction;
using Evoke.Features;
using Evoke.Files;
using Evoke.Files.Text;
using Evoke.Heads;
using Evoke.Heads.Reactions;
using Evoke.Insights.Norms;
using Evoke.Insights.Summaries;
using Evoke.Media.Videos;

namespace Evoke.Cli.Predict;

/// <summary>A predicted video, as reported on standard output.</summary>
internal sealed record PredictedVideo(
    string Video, string Id, string Model, double DurationSeconds, int Rows, IReadOnlyDictionary<string, string> Files, IReadOnlyList<string> Warnings)
{
    /// <summary>Where the labels of the video are from; null without labels.</summary>
    public string? LabelsSource => Comparison?.Source;

    /// <summary>How well each curve agrees with the labels; null without labels.</summary>
    public IReadOnlyList<LabelScore>? LabelScores => Comparison?.Scores;

    /// <summary>Both of these.</summary>
    [JsonIgnore]
    public LabelComparison? Comparison { get; init; }

    /// <summary>One line of text.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{ShownText.OneLine(Video)}: {TimeSpan.FromSeconds(DurationSeconds):h\\:mm\\:ss}, {Quantity.Of(Rows, "row")}: "
        + $"{ShownText.OneLine(string.Join(", ", Files.Values))}");
}

/// <summary>A video that could not be predicted, as reported on standard output.</summary>
internal sealed record UnpredictedVideo(string Video, string Id, string Error);

/// <summary>The result of a run.</summary>
internal sealed record PredictionReport(IReadOnlyList<PredictedVideo> Predictions, IReadOnlyList<UnpredictedVideo> Failures)
{
    /// <summary>True if the run was ended by an error that would affect every other video too, such as a full disk.</summary>
    public bool EndedEarly { get; init; }
}

/// <summary>Predicts videos, several at once, and reports them in their order; a failure is reported and the run continues.</summary>
internal sealed class PredictionRun(PredictorPool predictors, Terminal terminal)
{
    /// <summary>Where results are written.</summary>
    public required PredictionPlace Place { get; init; }

    /// <summary>What is written beside the CSV file.</summary>
    public required PredictionFormats Formats { get; init; }

    /// <summary>Which of several runs into one folder this is; null if there is only one.</summary>
    public string? Part { get; init; }

    /// <summary>True to list the failure of a single video too: one that is left of many.</summary>
    public bool ListsOne { get; init; }

    /// <summary>How many videos earlier runs have predicted, where the next run goes on; null if it starts anew.</summary>
    public int? Earlier { get; init; }

    /// <summary>What viewers said, to hold against the predictions; null for none.</summary>
    public ViewerLabels? Labels { get; init; }

    /// <summary>What the numbers of each video are placed among; null for nothing.</summary>
    public Norm? Norm { get; init; }

    public async Task<PredictionReport> RunAsync(IReadOnlyList<PredictionInput> videos, IProgressBoard board, CancellationToken cancellationToken)
    {
        List<PredictedVideo> predicted = [];
        List<UnpredictedVideo> failed = [];
        FailureList failures = new(Place.Folder, Part);
        bool isListed = videos.Count > 1 || ListsOne;
        int done = 0;
        try
        {
            using IProgressLine? all = videos.Count > 1 ? board.Start("videos", "videos", videos.Count) : null;
            await OrderedWork.RunAsync(
                videos,
                predictors.Size,
                async (video, cancellation) =>
                {
                    PredictionOutcome outcome = await TryAsync(video, board, cancellation).ConfigureAwait(false);
                    all?.Report(Interlocked.Increment(ref done));
                    return outcome;
                },
                Tell,
                cancellationToken).ConfigureAwait(false);

            if (isListed)
            {
                failures.Complete();
            }
        }
        catch (EvokeException error) when (predicted.Count > 0)
        {
            return Ended(videos, predicted, failed, error);
        }
        catch (OperationCanceledException) when (Earlier is not null && cancellationToken.IsCancellationRequested)
        {
            TellStopped(videos.Count - predicted.Count, videos.Count);
            throw;
        }

        if (failures.Damage is { } damage)
        {
            terminal.Log($"warning: {damage.Message} It is kept under its name with {DamagedFile.Ending}; a new list was begun.");
        }

        return new PredictionReport(predicted, failed);

        void Tell(PredictionOutcome outcome)
        {
            PredictionInput video = outcome.Video;
            if (outcome.Predicted is { } result)
            {
                foreach (string warning in result.Warnings)
                {
                    terminal.Log($"{video.Path}: {warning}");
                }

                predicted.Add(result);
                return;
            }

            EvokeException failure = outcome.Failure!;
            string message = video.Named(failure.Message);
            terminal.Fail($"failed: {message}");
            failed.Add(new UnpredictedVideo(video.Path, video.Name, message));
            if (isListed)
            {
                failures.Add(new VideoFailure(new VideoFile(video.Name, video.Path), failure));
            }
        }
    }

    private async Task<PredictionOutcome> TryAsync(PredictionInput video, IProgressBoard board, CancellationToken cancellationToken)
    {
        try
        {
            using RentedPredictor rented = await predictors.RentAsync(cancellationToken).ConfigureAwait(false);
            return new PredictionOutcome(video, await PredictAsync(rented.Predictor, video, board, cancellationToken).ConfigureAwait(false), null);
        }
        catch (Exception error) when (ItemFailure.Of(video.Path, error) is { } failure)
        {
            return new PredictionOutcome(video, null, failure);
        }
    }

    // After a full disk, for example, the remaining videos are reported. The failure list in the folder is left alone: it may not be writable either.
    private PredictionReport Ended(IReadOnlyList<PredictionInput> videos, List<PredictedVideo> predicted, List<UnpredictedVideo> failed, EvokeException error)
    {
        HashSet<string> told = [.. predicted.Select(video => video.Id), .. failed.Select(video => video.Id)];
        UnpredictedVideo[] left =
        [
            .. videos.Where(video => !told.Contains(video.Name)).Select(video => new UnpredictedVideo(video.Path, video.Name, error.Message)),
        ];
        terminal.Fail($"failed: {error.Message}");
        TellStopped(Earlier is null ? left.Length : videos.Count - predicted.Count, videos.Count);
        return new PredictionReport(predicted, [.. failed, .. left]) { EndedEarly = true };
    }

    // The next run tries those that failed again: they count as left.
    private void TellStopped(int left, int videos)
    {
        if (Earlier is not { } earlier)
        {
            terminal.Fail($"The run was stopped; {left} of {videos} videos were not predicted.");
            return;
        }

        int all = earlier + videos, done = all - left;
        terminal.Fail(
            $"The run was stopped; {done} of {Quantity.Of(all, "video")} {(done == 1 ? "is" : "are")} predicted, {left} {(left == 1 ? "is" : "are")} left. "
            + "Run the same command again to continue.");
    }

    private async Task<PredictedVideo> PredictAsync(
        Predictor predictor, PredictionInput video, IProgressBoard board, CancellationToken cancellationToken)
    {
        VideoFeatures features;
        using (IProgressLine line = board.Start(Path.GetFileName(video.Path), "s"))
        {
            ExtractedSeconds shown = new(line);
            features = video.Features is { } read ? read()
                : video.Stream is { } stream ? await predictor.ExtractCopyAsync(video.Video!, stream, shown, cancellationToken).ConfigureAwait(false)
                : await predictor.ExtractAsync(video.Video!, video.Name, shown, cancellationToken).ConfigureAwait(false);
        }

        // Ctrl-C reaches ffmpeg too. What it decoded until then must not be taken for the whole video.
        cancellationToken.ThrowIfCancellationRequested();
        PredictionDocument document = DocumentOf(predictor, features, cancellationToken);
        document = Labels?.AddTo(document) ?? document;
        List<string> warnings = [.. document.Warnings];
        using IProgressLine writing = board.Start($"{Path.GetFileName(video.Path)}: writing", "files");
        string? location = video is { Video: { } path, Stream: null } ? FilmFile.LocationFrom(Place.Folder, path) : null;
        IReadOnlyDictionary<string, string> files = await PredictionFiles.WriteAsync(
            document, video.Video, location, Place, video.Name, Formats, warning => warnings.Add(video.Named(warning)), cancellationToken)
            .ConfigureAwait(false);
        return new PredictedVideo(
            video.Path, document.VideoId, document.ModelName, document.DurationSeconds, document.Curves.Grid.Count, files, warnings)
        {
            Comparison = document.LabelComparison,
        };
    }

    // The summary needs the model again, so it is made only for the files that show it.
    private PredictionDocument DocumentOf(Predictor predictor, VideoFeatures features, CancellationToken cancellationToken)
    {
        Prediction prediction = predictor.Predict(features, cancellationToken);
        if (!Formats.Json && !Formats.Html)
        {
            return prediction.ToDocument();
        }

        PredictionDocument document = SummarizedPrediction.Of(predictor, features, prediction, cancellationToken);
        return Norm is null ? document : Placed(document, Norm);
    }

    // A norm that fits nothing is worth a word: the file has its reason at each number only.
    private static PredictionDocument Placed(PredictionDocument document, Norm norm)
    {
        MeasureList placed = norm.Place(document.Measures!, document);
        bool hasSome = placed.Measures.Any(measure => measure.Standing is not null);
        string? none = hasSome ? null : placed.Measures.Select(measure => measure.NoStanding).FirstOrDefault();
        return document with
        {
            Measures = placed,
            Warnings = none is null ? document.Warnings : [.. document.Warnings, $"no number has a percentile among '{norm.Name}': {none}"],
        };
    }

    /// <summary>What became of one video: a prediction, or a failure.</summary>
    private sealed record PredictionOutcome(PredictionInput Video, PredictedVideo? Predicted, EvokeException? Failure);

    /// <summary>Reports in order on the decoding thread; <see cref="Progress{T}"/> would post reports to other threads.</summary>
    private sealed class ExtractedSeconds(IProgressLine line) : IProgress<ExtractionProgress>
    {
        public void Report(ExtractionProgress value) => line.Report(value.SecondsDone, value.SecondsTotal);
    }
}
