using Microsoft.Extensions.Logging;

namespace Evoke.Experiments.Folds;

/// <summary>What a <see cref="CrossValidation"/> logs beside its runs. Event ids are stable: docs/library.md lists them.</summary>
internal static partial class CrossValidationLog
{
    [LoggerMessage(4101, LogLevel.Information, "Cross-validation of {Recipe} in {Folder}: {Own} of {Folds} folds, {Videos} videos.")]
    public static partial void CrossValidationStarted(this ILogger log, string recipe, string folder, int own, int folds, int videos);

    [LoggerMessage(4102, LogLevel.Warning, "{Folder}: {Missing} videos have labels but no features, the first is {Video}.")]
    public static partial void FoldVideosMissing(this ILogger log, string folder, int missing, string video);

    [LoggerMessage(4103, LogLevel.Debug, "{Fold}: done before.")]
    public static partial void FoldSkipped(this ILogger log, string fold);

    [LoggerMessage(4104, LogLevel.Information, "{Fold}: trained and predicted in {Elapsed:0.0} s.")]
    public static partial void FoldDone(this ILogger log, string fold, double elapsed);

    [LoggerMessage(4105, LogLevel.Error, "{Fold}: the training diverged.")]
    public static partial void FoldDiverged(this ILogger log, Exception error, string fold);

    [LoggerMessage(4106, LogLevel.Information, "{Folder}: all folds are done: Pearson {Pearson:0.0000}.")]
    public static partial void CrossValidationEnded(this ILogger log, string folder, double pearson);

    [LoggerMessage(4107, LogLevel.Information, "{Folder}: {Waiting} folds are not done yet; {Diverged} diverged.")]
    public static partial void FoldsLeft(this ILogger log, string folder, int waiting, int diverged);
}
