using Microsoft.Extensions.Logging;

namespace Evoke.Experiments.Search;

/// <summary>What a <see cref="HyperparameterSearch"/> logs beside its runs. Event ids are stable: docs/library.md lists them.</summary>
internal static partial class SearchLog
{
    [LoggerMessage(4201, LogLevel.Information, "Rung {Rung} of {Rungs} in {Folder}: {Trials} trials.")]
    public static partial void RungStarted(this ILogger log, int rung, int rungs, string folder, int trials);

    [LoggerMessage(4202, LogLevel.Warning, "Trial {Trial} is left out: its run is damaged.")]
    public static partial void TrialDamaged(this ILogger log, Exception error, int trial);

    [LoggerMessage(4203, LogLevel.Warning, "Trial {Trial} is left out: its training diverged.")]
    public static partial void TrialDiverged(this ILogger log, Exception error, int trial);
}
