using Microsoft.Extensions.Logging;

namespace Evoke.Training.Epochs;

/// <summary>What a <see cref="Trainer"/> logs. Event ids are stable: docs/library.md lists them.</summary>
internal static partial class TrainingLog
{
    [LoggerMessage(3001, LogLevel.Information,
        "Training {Recipe} in {Folder}: {TrainingVideos} training and {ValidationVideos} validation videos, {Parameters} weights, {Epochs} epochs.")]
    public static partial void TrainingStarted(
        this ILogger log, string recipe, string folder, int trainingVideos, int validationVideos, long parameters, int epochs);

    [LoggerMessage(3002, LogLevel.Information, "{Folder}: resumed after epoch {Epoch} of {Epochs}.")]
    public static partial void TrainingResumed(this ILogger log, string folder, int epoch, int epochs);

    [LoggerMessage(3003, LogLevel.Warning, "{Folder}: {Missing} videos have labels but no features, the first is {Video}.")]
    public static partial void VideosMissing(this ILogger log, string folder, int missing, string video);

    [LoggerMessage(3004, LogLevel.Warning, "{Folder}: {Note}")]
    public static partial void TrainingNote(this ILogger log, string folder, string note);

    [LoggerMessage(3005, LogLevel.Debug, "{Folder}: epoch {Epoch} of {Epochs}: loss {Loss:0.0000} in {Elapsed:0.0} s.")]
    public static partial void EpochDone(this ILogger log, string folder, int epoch, int epochs, double loss, double elapsed);

    [LoggerMessage(3006, LogLevel.Information, "{Folder}: validation after epoch {Epoch} of {Epochs}: Pearson {Pearson:0.0000} (best: {IsBest}).")]
    public static partial void ValidationDone(this ILogger log, string folder, int epoch, int epochs, double pearson, bool isBest);

    [LoggerMessage(3007, LogLevel.Information, "{Reason}")]
    public static partial void EpochsChosen(this ILogger log, string reason);

    [LoggerMessage(3008, LogLevel.Information, "{Folder}: {Members} models were joined to an ensemble: Pearson {Pearson:0.0000}.")]
    public static partial void MembersJoined(this ILogger log, string folder, int members, double pearson);

    [LoggerMessage(3009, LogLevel.Warning, "{Folder}: the network waited for features {Share:0%} of the time: the disk that holds them is slow.")]
    public static partial void FeaturesSlow(this ILogger log, string folder, double share);

    [LoggerMessage(3010, LogLevel.Information,
        "{Folder}: training ended after epoch {Epoch} of {Epochs}, {Elapsed:0.0} s; best epoch {BestEpoch} (stopped early: {StoppedEarly}).")]
    public static partial void TrainingEnded(this ILogger log, string folder, int epoch, int epochs, double elapsed, int bestEpoch, bool stoppedEarly);
}
