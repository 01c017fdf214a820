using Evoke.Files;

namespace Evoke.Media;

/// <summary>The base of every error about a media file or about the programs that read it.</summary>
public abstract class MediaException : EvokeException
{
    /// <summary>Creates an error about <paramref name="path"/>.</summary>
    protected MediaException(string path, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        FilePath = path;
    }

    /// <summary>The file that was being read or written, as it was named by the caller.</summary>
    public string FilePath { get; }
}

/// <summary>There is no file of this name.</summary>
public sealed class MediaFileMissingException(string path)
    : MediaException(path, $"'{path}': there is no such file{(path.Contains('\uFFFD', StringComparison.Ordinal) ? " that can be opened: its name is not valid UTF-8; rename it" : "")}.");

/// <summary>The name is a folder's; a file was expected.</summary>
public sealed class MediaFileIsFolderException(string path)
    : MediaException(path, $"'{path}' is a folder; expected a video or sound file.");

/// <summary>The name leads to a pipe, a device or a socket: a film is read from its start several times, which they do not allow.</summary>
public sealed class MediaFileNotRegularException(string path, string kind)
    : MediaException(path, $"'{path}' is {kind}; expected a file. A film is read more than once, so save what comes from there to a file first.");

/// <summary>The file has no bytes.</summary>
public sealed class MediaFileEmptyException(string path)
    : MediaException(path, $"'{path}' is empty (0 bytes); expected a video or sound file.");

/// <summary>The file is there but the system does not let us read it.</summary>
public sealed class MediaFileUnreadableException(string path, Exception innerException)
    : MediaException(path, $"'{path}' cannot be read: {innerException.Message}", innerException);

/// <summary>ffmpeg does not recognise the file as video or sound, or its format is one that is never opened: playlists and scripts that name other files, single images.</summary>
public sealed class MediaFormatException(string path, string found)
    : MediaException(path, $"'{path}' is not a video or sound file that can be read: {found}");

/// <summary>The file is a container with neither a picture nor a sound stream.</summary>
public sealed class MediaHasNoStreamsException(string path, string format)
    : MediaException(path, $"'{path}' ({format}) has neither picture nor sound; expected at least one of them.");

/// <summary>The file opens, but not one frame and not one sample of what was asked for could be decoded.</summary>
public sealed class MediaNotDecodableException(string path, string said)
    : MediaException(path, $"'{path}' opens, but nothing of it can be decoded: {said}");

/// <summary>ffmpeg or ffprobe could not be started.</summary>
public sealed class FfmpegMissingException(string path, string program, Exception? innerException = null)
    : MediaException(
        path,
        $"'{program}' could not be started, so '{path}' cannot be read. Install ffmpeg (Debian, Ubuntu: apt-get install ffmpeg), or name the program in the environment variable {FfmpegPrograms.FfmpegVariable}.",
        innerException)
{
    /// <inheritdoc/>
    public override bool EndsRun => true;
}

/// <summary>A film cannot be written: this ffmpeg was built without an encoder that it needs.</summary>
public sealed class MediaEncoderMissingException(string path, string encoder)
    : MediaException(path, $"'{path}' cannot be written: this ffmpeg has no encoder '{encoder}'. Install one that has (Debian, Ubuntu: apt-get install ffmpeg), or name it in the environment variable {FfmpegPrograms.FfmpegVariable}.")
{
    /// <inheritdoc/>
    public override bool EndsRun => true;

    /// <summary>The encoder that is missing, as ffmpeg names it.</summary>
    public string Encoder { get; } = encoder;
}

/// <summary>ffmpeg gave nothing for longer than <see cref="MediaReadOptions.StallTimeout"/> and was ended.</summary>
public sealed class FfmpegStalledException(string path, string program, TimeSpan timeout)
    : MediaException(path, FormattableString.Invariant($"'{path}': {program} gave nothing for {timeout.TotalSeconds:0.###} s and was ended."));

/// <summary>ffmpeg or ffprobe failed or crashed.</summary>
public sealed class FfmpegFailedException(string path, string program, int exitCode, string said)
    : MediaException(path, FormattableString.Invariant($"'{path}': {program} {Ending(exitCode)}{(said.Length == 0 ? "" : $": {said}")}"))
{
    /// <summary>The exit code of the program; above 128, 128 plus the signal that ended it.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>True if a signal ended the program: it crashed, or someone wanted it to end.</summary>
    public bool EndedBySignal => IsOfSignal(ExitCode);

    // ffmpeg's own code for "I was asked to end": by SIGTERM, SIGINT or SIGXCPU.
    private const int AskedToEnd = 255;

    // A process that a signal ended reports 128 + signal. Codes above those are ffmpeg's error numbers.
    internal static bool IsOfSignal(int exitCode) => exitCode is (> 128 and < 160) or AskedToEnd;

    private static string Ending(int exitCode) => exitCode switch
    {
        AskedToEnd => "was ended by a signal",
        _ when IsOfSignal(exitCode) => FormattableString.Invariant($"crashed (signal {exitCode - 128})"),
        _ => FormattableString.Invariant($"failed (exit code {exitCode})"),
    };
}
