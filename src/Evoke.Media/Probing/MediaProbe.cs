using Evoke.Media.Ffmpeg;

namespace Evoke.Media.Probing;

/// <summary>Says what is in a media file, without decoding it.</summary>
public static class MediaProbe
{
    // ffprobe's JSON for a file with hundreds of streams is some hundred kilobytes.
    private const int LargestAnswer = 16 * 1024 * 1024;

    /// <summary>Probes a file with ffprobe.</summary>
    /// <param name="path">The file; any name is safe, also one that begins with '-' or holds ':' or '%'.</param>
    /// <param name="cancellationToken">Ends ffprobe at once.</param>
    /// <exception cref="MediaException">One type per cause: missing, a folder, empty, unreadable, no media format, no streams, ffprobe missing, stalled or failed.</exception>
    public static Task<MediaInfo> ProbeAsync(string path, CancellationToken cancellationToken = default) =>
        ProbeAsync(path, FfmpegPrograms.FromEnvironment(), FfmpegProcess.DefaultStallTimeout, cancellationToken);

    /// <inheritdoc cref="ProbeAsync(string, CancellationToken)"/>
    /// <param name="path">The file.</param>
    /// <param name="programs">Which ffprobe to run.</param>
    /// <param name="stallTimeout">ffprobe is ended, with an error, when it gives nothing for this long.</param>
    /// <param name="cancellationToken">Ends ffprobe at once.</param>
    public static async Task<MediaInfo> ProbeAsync(string path, FfmpegPrograms programs, TimeSpan stallTimeout, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(programs);
        long bytes = MediaFile.Check(path);
        string[] arguments =
        [
            "-hide_banner", "-loglevel", "error", .. MediaFile.SafetyArguments,
            "-of", "json=compact=1", "-show_format", "-show_streams", "-i", MediaFile.Argument(path),
        ];
        (byte[] answer, ProgramEnding ending) = await FfmpegProcess
            .RunAsync(programs.Ffprobe, arguments, path, stallTimeout, LargestAnswer, cancellationToken)
            .ConfigureAwait(false);
        if (ending.Crashed)
        {
            throw new FfmpegFailedException(path, "ffprobe", ending.ExitCode, ending.Said);
        }

        return ending.ExitCode == 0
            ? ProbeAnswer.Read(path, bytes, answer)
            : throw new MediaFormatException(path, RefusedFormat.InWords(path, ending.Said) ?? WithoutName(ending.Said, path));
    }

    // ffprobe's last line repeats the name that our message already has.
    private static string WithoutName(string said, string path) =>
        said.Length == 0 ? "ffprobe refuses it without a word" : said.Replace(MediaFile.Argument(path) + ": ", "", StringComparison.Ordinal);
}
