using Evoke.Files.Text;
using Microsoft.Extensions.Logging;

namespace Evoke.Encoders.Extraction;

/// <summary>What an <see cref="ExtractionRun"/> logs. Event ids are stable: docs/library.md lists them.</summary>
internal static partial class ExtractionLog
{
    [LoggerMessage(1001, LogLevel.Information, "Extracting features into {Folder}: {Left} of {Videos} videos are left to do.")]
    public static partial void ExtractionStarted(this ILogger log, string folder, int left, int videos);

    [LoggerMessage(1002, LogLevel.Information, "{Video}: extracted {Seconds:0.0} s of video ({Position} of {Videos}).")]
    public static partial void FeaturesExtracted(this ILogger log, string video, double seconds, int position, int videos);

    [LoggerMessage(1003, LogLevel.Debug, "{Video}: its features are already there ({Position} of {Videos}).")]
    public static partial void FeaturesFound(this ILogger log, string video, int position, int videos);

    [LoggerMessage(1004, LogLevel.Information, "{Video}: its features are extracted again: {Reason}.")]
    public static partial void FeaturesOutdated(this ILogger log, string video, string reason);

    [LoggerMessage(1005, LogLevel.Warning, "{Video}: {Warning}")]
    public static partial void ExtractionWarning(this ILogger log, string video, string warning);

    [LoggerMessage(1006, LogLevel.Error, "{Video}: no features ({Position} of {Videos}).")]
    public static partial void ExtractionFailed(this ILogger log, Exception error, string video, int position, int videos);

    [LoggerMessage(1007, LogLevel.Warning, "{Video}: dropped, since the run was told to stop.")]
    public static partial void ExtractionDropped(this ILogger log, string video);

    [LoggerMessage(1008, LogLevel.Error, "An error ended the run early; {Left} videos are left.")]
    public static partial void ExtractionBroken(this ILogger log, Exception error, int left);

    [LoggerMessage(1009, LogLevel.Information,
        "Extraction ended after {Elapsed:0.0} s: {Extracted} videos extracted, {Skipped} skipped, {Failed} failed, {Left} left.")]
    public static partial void ExtractionEnded(this ILogger log, double elapsed, int extracted, int skipped, int failed, int left);

    /// <summary>Logs an event of a run.</summary>
    public static void Write(ILogger log, ExtractionEvent happening)
    {
        string video = ShownText.OneLine(happening.Video.Path);
        switch (happening)
        {
            case VideoExtracted extracted:
                log.FeaturesExtracted(video, extracted.Features.DurationSeconds, extracted.Position, extracted.Count);
                foreach (string warning in extracted.Features.WarningsInFull)
                {
                    log.ExtractionWarning(video, ShownText.OneLine(warning));
                }

                break;
            case VideoSkipped:
                log.FeaturesFound(video, happening.Position, happening.Count);
                break;
            case VideoOutdated outdated:
                log.FeaturesOutdated(video, ShownText.OneLine(outdated.Reason));
                break;
            case VideoFailed failed:
                log.ExtractionFailed(failed.Error, video, failed.Position, failed.Count);
                break;
            case VideoDropped:
                log.ExtractionDropped(video);
                break;
        }
    }
}
