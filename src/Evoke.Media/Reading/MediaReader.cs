namespace Evoke.Media;

/// <summary>Reads one media file once: frames at a rate and the waveform, in one pass of decoding, streamed.</summary>
/// <remarks>One ffmpeg process per reader; memory stays flat however long the film is. Not thread-safe. Disposing ends ffmpeg at once.</remarks>
public sealed class MediaReader : IAsyncDisposable
{
    private readonly MediaReadSummary? _summary;

    private MediaReader(MediaInfo info) => (Info, _summary) = (info, null);

    /// <summary>What the file holds.</summary>
    public MediaInfo Info { get; }

    /// <summary>How the reading ended; valid once <see cref="ReadAsync"/> has been enumerated to its end.</summary>
    /// <exception cref="InvalidOperationException">The file has not been read to its end.</exception>
    public MediaReadSummary Summary => _summary ?? throw new InvalidOperationException("The file has not been read to its end.");

    /// <summary>Probes a file and makes ready to read it; decoding begins with <see cref="ReadAsync"/>.</summary>
    /// <param name="path">The file; any name is safe.</param>
    /// <param name="options">What to decode. What the file lacks (no sound, no picture) is left out and said in <see cref="MediaReadSummary.Warnings"/>: it is no error.</param>
    /// <param name="cancellationToken">Ends the probe at once.</param>
    /// <exception cref="MediaException">The file cannot be read; one type per cause.</exception>
    public static Task<MediaReader> OpenAsync(string path, MediaReadOptions options, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException($"{path} {options} {cancellationToken}");

    /// <summary>Decodes the file: frames in order of their index without gaps, and stretches of sound in order without gaps, in any order between the two. Can be called once.</summary>
    /// <param name="cancellationToken">Ends ffmpeg at once.</param>
    /// <exception cref="MediaException">ffmpeg stalled or failed.</exception>
    public IAsyncEnumerable<MediaChunk> ReadAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException($"{cancellationToken}");

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
