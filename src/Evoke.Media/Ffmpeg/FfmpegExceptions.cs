namespace Evoke.Media.Ffmpeg;

/// <summary>ffmpeg or ffprobe could not be started.</summary>
public sealed class FfmpegMissingException(string path, string program, Exception? innerException = null)
    : MediaException(
        path,
        $"'{program}' could not be started, so '{path}' cannot be read. Install ffmpeg (Debian, Ubuntu: apt-get install ffmpeg), "
            + $"or set the environment variable {FfmpegPrograms.FfmpegVariable} to its path.",
        innerException)
{
    /// <inheritdoc/>
    public override bool EndsRun => true;
}

/// <summary>A film cannot be written: this ffmpeg was built without an encoder that it needs.</summary>
public sealed class MediaEncoderMissingException(string path, string encoder)
    : MediaException(
        path,
        $"'{path}' cannot be written: this ffmpeg has no encoder '{encoder}'. Install one that has it (Debian, Ubuntu: apt-get install ffmpeg), "
            + $"or set the environment variable {FfmpegPrograms.FfmpegVariable} to its path.")
{
    /// <inheritdoc/>
    public override bool EndsRun => true;

    /// <summary>The encoder that is missing, as ffmpeg names it.</summary>
    public string Encoder { get; } = encoder;
}

/// <summary>ffmpeg produced no output for longer than the stall timeout and was stopped.</summary>
public sealed class FfmpegStalledException(string path, string program, TimeSpan timeout)
    : MediaException(path, FormattableString.Invariant($"'{path}': {program} produced no output for {timeout.TotalSeconds:0.###} s and was stopped."));

/// <summary>ffmpeg or ffprobe failed or crashed.</summary>
public sealed class FfmpegFailedException(string path, string program, int exitCode, string said)
    : MediaException(path, FormattableString.Invariant($"'{path}': {program} {Ending(exitCode)}{(said.Length == 0 ? "" : $": {said}")}"))
{
    /// <summary>The exit code of the program; above 128, 128 plus the signal that ended it.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>True if a signal ended the program: it crashed or was asked to stop.</summary>
    public bool EndedBySignal => IsOfSignal(ExitCode);

    // ffmpeg's own code for "I was asked to end": by SIGTERM, SIGINT or SIGXCPU.
    private const int AskedToEnd = 255;

    // A process that a signal ended reports 128 + signal. Codes above those are ffmpeg's error numbers.
    internal static bool IsOfSignal(int exitCode) => exitCode is (> 128 and < 160) or AskedToEnd;

    private static string Ending(int exitCode) => exitCode switch
    {
        0 => "ended without the expected output",
        AskedToEnd => "was stopped by a signal",
        _ when IsOfSignal(exitCode) => FormattableString.Invariant($"crashed (signal {exitCode - 128})"),
        _ => FormattableString.Invariant($"failed (exit code {exitCode})"),
    };
}
