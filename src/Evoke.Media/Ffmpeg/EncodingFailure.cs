using System.Text.RegularExpressions;

namespace Evoke.Media.Ffmpeg;

/// <summary>Why ffmpeg did not write a film.</summary>
internal static partial class EncodingFailure
{
    /// <summary>The error for an ffmpeg that ended as it should not have.</summary>
    /// <param name="path">The file that the error is about.</param>
    /// <param name="ending">How it ended.</param>
    public static MediaException Of(string path, ProgramEnding ending) => MissingEncoder(ending.Said) is { } encoder
        ? new MediaEncoderMissingException(path, encoder)
        : new FfmpegFailedException(path, "ffmpeg", ending.ExitCode, ending.Said);

    /// <summary>The encoder that ffmpeg says it lacks; null if it says nothing of the kind.</summary>
    public static string? MissingEncoder(string said) => UnknownEncoder().Match(said) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex("Unknown encoder '([^']+)'")]
    private static partial Regex UnknownEncoder();
}
