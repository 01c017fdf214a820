using System.Collections.Immutable;
using Evoke.Media.Containers;
using Evoke.Media.Ffmpeg;

namespace Evoke.Media.Probing;

/// <summary>Reads what is in a media file, without decoding it.</summary>
/// <remarks>Thread-safe: each call starts a program of its own.</remarks>
public static class MediaProbe
{
    // ffprobe's JSON for a file with hundreds of streams has some hundred kilobytes.
    private const int LargestAnswer = 16 * 1024 * 1024;

    // How far a file is read to find streams that start late: first ffmpeg's default of 5 MB and 5 s, then more. ffprobe holds what it reads in memory.
    private static readonly ImmutableArray<string>[] s_depths =
    [
        [],
        ["-probesize", "50000000", "-analyzeduration", "36000000000"],
        ["-probesize", "500000000", "-analyzeduration", "36000000000"],
    ];

    // The packets of a short MP4 or QuickTime film are read along with its streams: most clips that were cut without encoding need them
    // (PictureEnd), and to start ffprobe again takes many times as long as to read them.
    private const int ShortFilmBytes = 16 * 1024 * 1024;
    private const int ShortFilmPackets = 3000;

    /// <summary>Probes a file with ffprobe.</summary>
    /// <param name="path">The file; any name is safe, also one that begins with '-' or holds ':' or '%'.</param>
    /// <param name="cancellationToken">Stops ffprobe at once.</param>
    /// <exception cref="MediaException">
    /// One type per cause: missing, a folder, empty, unreadable, no media format, no streams, encrypted, ffprobe missing, stalled or failed.
    /// </exception>
    public static Task<MediaInfo> ProbeAsync(string path, CancellationToken cancellationToken = default) =>
        ProbeAsync(path, FfmpegPrograms.FromEnvironment(), FfmpegProcess.DefaultStallTimeout, cancellationToken);

    /// <summary>Probes a file with a given ffprobe.</summary>
    /// <param name="path">The file; any name is safe, also one that begins with '-' or holds ':' or '%'.</param>
    /// <param name="programs">Which ffprobe to run.</param>
    /// <param name="stallTimeout">ffprobe is stopped with an error if it produces no output for this long.</param>
    /// <param name="cancellationToken">Stops ffprobe at once.</param>
    /// <exception cref="MediaException">As for the other overload.</exception>
    public static Task<MediaInfo> ProbeAsync(string path, FfmpegPrograms programs, TimeSpan stallTimeout, CancellationToken cancellationToken = default) =>
        ProbeAsync(path, withPackets: false, programs, stallTimeout, cancellationToken);

    /// <summary>The same; the packets of the picture come with it where the file is short, which then is read whole.</summary>
    internal static async Task<MediaInfo> ProbeAsync(
        string path, bool withPackets, FfmpegPrograms programs, TimeSpan stallTimeout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(programs);
        long bytes = MediaFile.Check(path);
        MediaInfo? info = null;
        bool isIncomplete = true;
        for (int depth = 0; isIncomplete && depth < s_depths.Length; depth++)
        {
            (info, isIncomplete) = await ProbeAsync(path, bytes, withPackets, s_depths[depth], programs, stallTimeout, cancellationToken)
                .ConfigureAwait(false);
            withPackets = false;
        }

        return info is { VideoStreams: [], AudioStreams: [] }
            ? throw new MediaHasNoStreamsException(path, info.Notices.IsEmpty ? info.Format : $"{info.Format}; {string.Join("; ", info.Notices)}")
            : info!;
    }

    private static async Task<(MediaInfo Info, bool IsIncomplete)> ProbeAsync(
        string path,
        long bytes,
        bool withPackets,
        ImmutableArray<string> depth,
        FfmpegPrograms programs,
        TimeSpan stallTimeout,
        CancellationToken cancellationToken)
    {
        string[] packets = withPackets && bytes <= ShortFilmBytes && Inspect(path, () => IsoFile.BeginsLikeFilm(path))
            ? ["-show_entries", "packet=stream_index," + PacketProbe.Entries, "-read_intervals", FormattableString.Invariant($"%+#{ShortFilmPackets}")]
            : [];
        string[] arguments =
        [
            "-hide_banner", "-loglevel", "error", .. MediaFile.SafetyArguments, .. depth,
            "-of", "json=compact=1", "-show_format", "-show_programs", "-show_streams", .. packets, "-i", MediaFile.Argument(path),
        ];
        (byte[] answer, ProgramEnding ending) = await FfmpegProcess
            .RunAsync(programs.Ffprobe, arguments, path, stallTimeout, LargestAnswer, cancellationToken)
            .ConfigureAwait(false);
        if (ending.Crashed)
        {
            throw new FfmpegFailedException(path, "ffprobe", ending.ExitCode, ending.Said);
        }

        if (ending.ExitCode != 0)
        {
            throw new MediaFormatException(path, Inspect(path, () => RefusedFormat.InWords(path, ending.Said)) ?? WithoutName(ending.Said, path));
        }

        (MediaInfo info, bool isIncomplete) = Inspect(path, () => ProbeAnswer.Read(path, bytes, answer));
        return (info with { InputArguments = depth }, isIncomplete);
    }

    // The file could be opened when it was checked: it may be removed or locked at any moment since.
    private static T Inspect<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw File.Exists(path) ? new MediaFileUnreadableException(path, e) : new MediaFileMissingException(path);
        }
    }

    // ffprobe's last line repeats the name that our message already has.
    private static string WithoutName(string said, string path) =>
        said.Length == 0 ? "ffprobe rejects it without a message" : said.Replace(MediaFile.Argument(path) + ": ", "", StringComparison.Ordinal);
}
