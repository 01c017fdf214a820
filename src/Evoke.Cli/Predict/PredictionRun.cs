using System.Globalization;
using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Curves;
using Evoke.Encoders;
using Evoke.Encoders.Extraction;
using Evoke.Encoders.Torch;
using Evoke.Encoders.Weights;
using Evoke.Heads;
using Evoke.Heads.Features;
using Evoke.Media.Ffmpeg;

namespace Evoke.Cli.Predict;

/// <summary>A video that was predicted, as it is told on standard output.</summary>
internal sealed record PredictedVideo(
    string Video, string Id, string Model, double DurationSeconds, int Rows, IReadOnlyDictionary<string, string> Files, IReadOnlyList<string> Warnings)
{
    /// <summary>One line for people.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Video}: {TimeSpan.FromSeconds(DurationSeconds):h\\:mm\\:ss}, {Rows} rows: {string.Join(", ", Files.Values)}");
}

/// <summary>A video that could not be predicted, as it is told on standard output.</summary>
internal sealed record UnpredictedVideo(string Video, string Id, string Error);

/// <summary>How a run ended.</summary>
internal sealed record PredictionReport(IReadOnlyList<PredictedVideo> Predictions, IReadOnlyList<UnpredictedVideo> Failures);

/// <summary>Predicts videos one after the other; one that fails is told and passed by.</summary>
internal sealed class PredictionRun(Predictor predictor, Terminal terminal)
{
    /// <summary>Where results are written.</summary>
    public required string Folder { get; init; }

    /// <summary>What is written beside the CSV.</summary>
    public required PredictionFormats Formats { get; init; }

    public async Task<PredictionReport> RunAsync(IReadOnlyList<NamedVideo> videos, IProgressBoard board, CancellationToken cancellationToken)
    {
        List<PredictedVideo> predicted = [];
        FailureList failures = new(Folder);
        List<UnpredictedVideo> failed = [];
        using IProgressLine? all = videos.Count > 1 ? board.Start("videos", "videos", videos.Count) : null;
        foreach (NamedVideo video in videos)
        {
            try
            {
                predicted.Add(await PredictAsync(video, board, cancellationToken).ConfigureAwait(false));
            }
            catch (EvokeException error) when (!StopsTheRun(error))
            {
                terminal.Log($"failed: {error.Message}");
                failed.Add(new UnpredictedVideo(video.Path, video.Name, error.Message));
                if (videos.Count > 1)
                {
                    failures.Add(new VideoFailure(new VideoFile(video.Name, video.Path), error));
                }
            }

            all?.Report(predicted.Count + failed.Count);
        }

        if (videos.Count > 1)
        {
            failures.Complete();
        }

        return new PredictionReport(predicted, failed);
    }

    private async Task<PredictedVideo> PredictAsync(NamedVideo video, IProgressBoard board, CancellationToken cancellationToken)
    {
        Prediction prediction;
        using (IProgressLine line = board.Start(Path.GetFileName(video.Path), "s"))
        {
            prediction = await predictor.PredictAsync(video.Path, video.Name, new LineProgress(line), cancellationToken).ConfigureAwait(false);
        }

        // Ctrl-C reaches ffmpeg too. What it gave before it ended must not pass for the whole video.
        cancellationToken.ThrowIfCancellationRequested();
        PredictionDocument document = prediction.ToDocument();
        foreach (string warning in document.Warnings)
        {
            terminal.Log($"{video.Path}: {warning}");
        }

        List<string> warnings = [.. document.Warnings];
        using IProgressLine writing = board.Start($"{Path.GetFileName(video.Path)}: writing", "files");
        IReadOnlyDictionary<string, string> files = await PredictionFiles
            .WriteAsync(document, video.Path, Folder, Formats, Warn, cancellationToken).ConfigureAwait(false);
        return new PredictedVideo(video.Path, document.VideoId, document.ModelName, document.DurationSeconds, document.Curves.Grid.Count, files, warnings);

        void Warn(string warning)
        {
            warnings.Add(warning);
            terminal.Log($"{video.Path}: {warning}");
        }
    }

    // What is wrong with the machine, the folder or the encoders is wrong for every video.
    private static bool StopsTheRun(EvokeException error) =>
        error is FfmpegMissingException or FileWriteException or UnknownEncoderException or IncompatibleFeaturesException
            or WeightsNotInstalledException or UnknownWeightsException or WeightHashMismatchException or TorchUnavailableException;

    /// <summary>Reports on the thread that decodes, in order; <see cref="Progress{T}"/> would post each report elsewhere.</summary>
    private sealed class LineProgress(IProgressLine line) : IProgress<ExtractionProgress>
    {
        public void Report(ExtractionProgress value) => line.Report(value.SecondsDone, value.SecondsTotal);
    }
}
