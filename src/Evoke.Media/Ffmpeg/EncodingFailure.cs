using System.Text.RegularExpressions;
using Evoke.Files;

namespace Evoke.Media.Ffmpeg;

/// <summary>Finds out why ffmpeg did not write a film.</summary>
internal static partial class EncodingFailure
{
    private const int NoSpace = 28;

    /// <summary>The error for an ffmpeg run that failed.</summary>
    /// <param name="path">The file that the error is about.</param>
    /// <param name="ending">How it ended.</param>
    /// <param name="written">The film that ffmpeg was to write.</param>
    public static EvokeException Of(string path, ProgramEnding ending, string written) => MissingEncoder(ending.Said) is { } encoder
        ? new MediaEncoderMissingException(path, encoder)
        : IsDiskFull(ending.Said) ? new FileWriteException(Path.GetFullPath(written), new IOException(ending.Said, NoSpace))
        : new FfmpegFailedException(path, "ffmpeg", ending.ExitCode, ending.Said);

    // ffmpeg's messages for ENOSPC and EDQUOT.
    private static bool IsDiskFull(string said) =>
        said.Contains("No space left on device", StringComparison.Ordinal) || said.Contains("Disk quota exceeded", StringComparison.Ordinal);

    /// <summary>The encoder that ffmpeg reports as missing; null if it reports none.</summary>
    public static string? MissingEncoder(string said) => UnknownEncoder().Match(said) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex("Unknown encoder '([^']+)'")]
    private static partial Regex UnknownEncoder();
}
