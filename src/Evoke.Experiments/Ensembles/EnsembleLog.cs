using Microsoft.Extensions.Logging;

namespace Evoke.Experiments.Ensembles;

/// <summary>What <see cref="EnsembleBuilder"/> logs. Event ids are stable: docs/library.md lists them.</summary>
internal static partial class EnsembleLog
{
    [LoggerMessage(4001, LogLevel.Information, "Building {File} from {Members} of {Candidates} models, scored on {Videos} videos.")]
    public static partial void EnsembleStarted(this ILogger log, string file, int members, int candidates, int videos);

    [LoggerMessage(4002, LogLevel.Debug, "{Video}: predicted by {Members} models ({Position} of {Videos}).")]
    public static partial void MembersPredicted(this ILogger log, string video, int members, int position, int videos);

    [LoggerMessage(4003, LogLevel.Warning, "{Video}: left out, since it has no features ({Position} of {Videos}).")]
    public static partial void EnsembleVideoSkipped(this ILogger log, string video, int position, int videos);

    [LoggerMessage(4004, LogLevel.Information, "Wrote {File} in {Elapsed:0.0} s: Pearson {Pearson:0.0000}, {Gain:+0.0000;-0.0000} against its best member.")]
    public static partial void EnsembleWritten(this ILogger log, string file, double elapsed, double pearson, double gain);

    [LoggerMessage(4005, LogLevel.Warning, "{File} scores lower than its best member, {Member}.")]
    public static partial void EnsembleWorse(this ILogger log, string file, string member);
}
