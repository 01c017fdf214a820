using Evoke.Cli.Predict;
using Evoke.Cli.Progress;
using Evoke.Cli.Shell;
using Evoke.Cluster.Shards;
using Evoke.Heads;
using Evoke.Insights.Rankings;
using Evoke.Media.Videos;

namespace Evoke.Cli.Rank;

/// <summary>Predicts the videos of a ranking that are not predicted yet.</summary>
/// <param name="Folder">Where their predictions are.</param>
/// <param name="Done">The videos of this run that are predicted.</param>
/// <param name="Failures">Those that could not be predicted.</param>
/// <param name="EndedEarly">True if an error that would affect every other video ended the run.</param>
internal sealed record RankRun(RankingFolder Folder, IReadOnlyList<VideoFile> Done, IReadOnlyList<RankFailure> Failures, bool EndedEarly)
{
    /// <summary>Predicts.</summary>
    /// <param name="terminal">Where messages are printed.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="videos">The videos of this run.</param>
    /// <param name="shard">Which part of the videos these are; null for all.</param>
    /// <param name="poolOf">Gives predictors for so many videos.</param>
    /// <param name="place">Where predictions are written.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public static async Task<RankRun> RunAsync(
        Terminal terminal,
        RankingFolder folder,
        IReadOnlyList<VideoFile> videos,
        Shard? shard,
        Func<int, PredictorPool> poolOf,
        string place,
        CancellationToken cancellationToken)
    {
        VideoFile[] left = [.. videos.Where(video => !folder.Has(video.VideoId))];
        if (left.Length < videos.Count)
        {
            terminal.Log($"{videos.Count - left.Length} of {videos.Count} videos are already predicted");
        }

        using PredictorPool predictors = poolOf(left.Length);
        PredictionRun run = new(predictors, terminal)
        {
            Place = PredictionPlace.In(place),
            Formats = new PredictionFormats(Json: true, Vtt: false, Html: false) { Csv = false },
            Part = shard?.FileMark,
            ListsOne = true,
            Earlier = videos.Count - left.Length,
        };
        PredictionInput[] inputs = [.. left.Select(video => new PredictionInput(video.Path, video.VideoId, video.Path, null))];
        PredictionReport report = await ProgressDisplay.ShowAsync(terminal, board => run.RunAsync(inputs, board, cancellationToken)).ConfigureAwait(false);
        return new RankRun(
            folder,
            [.. videos.Where(video => folder.Has(video.VideoId))],
            [.. report.Failures.Select(failure => new RankFailure(failure.Id, failure.Error))],
            report.EndedEarly);
    }
}
