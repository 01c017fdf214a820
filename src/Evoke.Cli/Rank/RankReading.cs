using Evoke.Cli.Predict;
using Evoke.Cli.Progress;
using Evoke.Files;
using Evoke.Insights.Predictions;
using Evoke.Insights.Rankings;

namespace Evoke.Cli.Rank;

/// <summary>Reads predictions, several at once, and keeps their numbers only.</summary>
internal sealed class RankReading
{
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);
    private readonly List<RankedVideo> _videos = [];
    private readonly List<RankFailure> _failures = [];

    /// <summary>The videos, in the order of the files.</summary>
    public IReadOnlyList<RankedVideo> Videos => _videos;

    /// <summary>The files that could not be read, and predictions of videos that were read before.</summary>
    public IReadOnlyList<RankFailure> Failures => _failures;

    /// <summary>How many files are something else than predictions.</summary>
    public int Others { get; private set; }

    /// <summary>Reads files.</summary>
    /// <param name="files">The files.</param>
    /// <param name="mustBe">Those that must be predictions; others may be something else.</param>
    /// <param name="board">Shows progress.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task RunAsync(IReadOnlyList<string> files, IReadOnlySet<string> mustBe, IProgressBoard board, CancellationToken cancellationToken)
    {
        using IProgressLine line = board.Start("reading", "predictions", files.Count);
        int done = 0;
        await OrderedWork.RunAsync(
            files,
            Math.Max(2, Environment.ProcessorCount),
            (file, cancellation) =>
            {
                cancellation.ThrowIfCancellationRequested();
                Outcome outcome = Read(file, mustBe.Contains(file));
                line.Report(Interlocked.Increment(ref done));
                return Task.FromResult(outcome);
            },
            Take,
            cancellationToken).ConfigureAwait(false);
    }

    private static Outcome Read(string file, bool mustBe)
    {
        try
        {
            return new Outcome(file, RankedVideo.Of(PredictionFile.Read(file)), null);
        }
        catch (PredictionFileException error) when (error.IsSomethingElse && !mustBe)
        {
            return new Outcome(file, null, null);
        }
        catch (Exception error) when (ItemFailure.Of(file, error) is { } failure)
        {
            return new Outcome(file, null, failure);
        }
    }

    private void Take(Outcome outcome)
    {
        if (outcome.Failure is { } failure)
        {
            _failures.Add(new RankFailure(outcome.File, failure.Message));
        }
        else if (outcome.Video is not { } video)
        {
            Others++;
        }
        else if (_files.TryAdd(video.VideoId, outcome.File))
        {
            _videos.Add(video);
        }
        else
        {
            _failures.Add(new RankFailure(
                outcome.File, $"{outcome.File}: expected an id of its own; '{video.VideoId}' is also that of {_files[video.VideoId]}, which counts."));
        }
    }

    private sealed record Outcome(string File, RankedVideo? Video, EvokeException? Failure);
}
