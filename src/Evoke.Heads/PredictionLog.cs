using Microsoft.Extensions.Logging;

namespace Evoke.Heads;

/// <summary>What a <see cref="Predictor"/> logs. Event ids are stable: docs/library.md lists them.</summary>
internal static partial class PredictionLog
{
    [LoggerMessage(2001, LogLevel.Debug, "Loaded model {Model} in {Elapsed:0.0} s.")]
    public static partial void ModelLoaded(this ILogger log, string model, double elapsed);

    [LoggerMessage(2002, LogLevel.Debug, "Loaded the encoders {Encoders} in {Elapsed:0.0} s.")]
    public static partial void EncodersLoaded(this ILogger log, string encoders, double elapsed);

    [LoggerMessage(2003, LogLevel.Debug, "{Video}: decoding and encoding begin.")]
    public static partial void VideoStarted(this ILogger log, string video);

    [LoggerMessage(2004, LogLevel.Debug, "{Video}: encoded {Seconds:0.0} s of video in {Elapsed:0.0} s.")]
    public static partial void VideoEncoded(this ILogger log, string video, double seconds, double elapsed);

    [LoggerMessage(2005, LogLevel.Information, "{Video}: predicted {Seconds:0.0} s of video in {Elapsed:0.0} s.")]
    public static partial void VideoPredicted(this ILogger log, string video, double seconds, double elapsed);

    [LoggerMessage(2006, LogLevel.Warning, "{Video}: {Warning}")]
    public static partial void PredictionWarning(this ILogger log, string video, string warning);

    [LoggerMessage(2007, LogLevel.Information, "Predicting {Videos} videos.")]
    public static partial void BatchStarted(this ILogger log, int videos);

    [LoggerMessage(2008, LogLevel.Error, "{Video}: no prediction ({Position} of {Videos}).")]
    public static partial void PredictionFailed(this ILogger log, Exception error, string video, int position, int videos);

    [LoggerMessage(2009, LogLevel.Information, "{Predicted} of {Videos} videos were predicted in {Elapsed:0.0} s; {Failed} failed.")]
    public static partial void BatchEnded(this ILogger log, int predicted, int videos, double elapsed, int failed);
}
