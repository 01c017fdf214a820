using Evoke.Cli.Progress;
using Evoke.Cli.Rank;
using Evoke.Cli.Shell;
using Evoke.Curves.Export;
using Evoke.Encoders.Extraction;
using Evoke.Features;
using Evoke.Files;
using Evoke.Heads;
using Evoke.Insights.Breaks;
using Evoke.Insights.Films;
using Evoke.Insights.Predictions;

namespace Evoke.Cli.Breaks;

/// <summary>Finds the places of several videos, one after the other; a failure is reported and the run continues.</summary>
internal sealed class BreakRun(Predictor? predictor, Terminal terminal, BreakOptions options)
{
    public async Task<BreakReport> RunAsync(IReadOnlyList<BreakInput> inputs, IProgressBoard board, CancellationToken cancellationToken)
    {
        List<VideoBreaks> videos = [];
        List<FailedBreaks> failures = [];
        int others = 0;
        using IProgressLine? all = inputs.Count > 1 ? board.Start("videos", "videos", inputs.Count) : null;
        foreach (BreakInput input in inputs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                PredictionDocument document = input.Id is { } id
                    ? await PredictAsync(input.Path, id, board, cancellationToken).ConfigureAwait(false)
                    : PredictionFile.Read(input.Path);
                BreakList found = BreakFinder.Find(document, document.Film, options);
                videos.Add(new VideoBreaks(input.Path, document.VideoId, document.ModelName, document.DurationSeconds, found.Places, found.Note));
            }
            catch (PredictionFileException error) when (error.IsSomethingElse && input.MayBeOther)
            {
                others++;
            }
            catch (Exception error) when (ItemFailure.Of(input.Path, error) is { } failure)
            {
                terminal.Fail($"failed: {failure.Message}");
                failures.Add(new FailedBreaks(input.Path, failure.Message));
            }

            all?.Report(videos.Count + failures.Count + others);
        }

        if (others > 0)
        {
            terminal.Log(RankInputs.LeftOut(others));
        }

        return new BreakReport(videos, failures);
    }

    private async Task<PredictionDocument> PredictAsync(string path, string id, IProgressBoard board, CancellationToken cancellationToken)
    {
        using IProgressLine line = board.Start(Path.GetFileName(path), "s");
        InlineProgress<ExtractionProgress> shown = new(progress => line.Report(progress.SecondsDone, progress.SecondsTotal));
        VideoFeatures features = await predictor!.ExtractAsync(path, id, shown, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return predictor.Predict(features, cancellationToken).ToDocument() with { Film = FilmTracks.FindIn(features) };
    }
}
