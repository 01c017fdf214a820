using System.Runtime.CompilerServices;
using Evoke.Media.Ffmpeg;
using Evoke.Media.Probing;

namespace Evoke.Media.Reading;

/// <summary>Reads one media file once: frames at a rate and the waveform, in one pass of decoding, streamed.</summary>
/// <remarks>
/// One ffmpeg process does the work; a second one only where a file's sound and picture are so far apart that one could not stream both.
/// Memory use does not grow with the length of the film. Not thread-safe. Disposing, or leaving the loop over <see cref="ReadAsync"/>, ends ffmpeg at once.
/// Sound is down-mixed with ffmpeg's weights (centre 1, left and right 0.71, surround 0.5, no low-frequency channel), scaled so that it cannot leave [-1,1];
/// stereo whose channels cancel each other is mixed with one of them inverted. HDR pictures (PQ, HLG) are converted to SDR in BT.709.
/// </remarks>
public sealed class MediaReader : IAsyncDisposable
{
    // How far decoding may run ahead of the consumer.
    private const int AheadBytes = 8 * 1024 * 1024;
    private const int LargestSide = 16_384;
    private const int LargestRate = 1_000;
    private const int LargestSampleRate = 384_000;

    private readonly MediaReadOptions _options;
    private readonly FfmpegPrograms _programs;
    private readonly CancellationTokenSource _disposal = new();
    private Task<MediaReadSummary>? _decoding;
    private MediaReadSummary? _summary;

    private MediaReader(MediaInfo info, MediaReadOptions options, FfmpegPrograms programs)
    {
        Info = options.AudioTrack is { } track ? Choose(info, track) : info;
        _options = options;
        _programs = programs;
    }

    /// <summary>The content of the file.</summary>
    public MediaInfo Info { get; }

    /// <summary>The result of the reading; known once <see cref="ReadAsync"/> has been enumerated to its end.</summary>
    /// <exception cref="InvalidOperationException">The file has not been read to its end.</exception>
    public MediaReadSummary Summary => _summary ?? throw new InvalidOperationException($"'{Info.Path}' has not been read to its end.");

    /// <summary>Probes a file and prepares to read it; decoding begins with <see cref="ReadAsync"/>.</summary>
    /// <param name="path">The file; any name is safe.</param>
    /// <param name="options">
    /// What to decode. What the file lacks (no sound, no picture) is left out and reported in <see cref="MediaReadSummary.Warnings"/>: it is not an error.
    /// </param>
    /// <param name="cancellationToken">Cancels the probe at once.</param>
    /// <exception cref="MediaException">The file cannot be read, or does not have the requested sound track; one type per cause.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size or rate of the options is out of range.</exception>
    public static async Task<MediaReader> OpenAsync(string path, MediaReadOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        FfmpegPrograms programs = options.Programs ?? FfmpegPrograms.FromEnvironment();
        ThrowIfSenseless(options);
        MediaInfo info = await MediaProbe.ProbeAsync(path, withPackets: true, programs, options.StallTimeout, cancellationToken).ConfigureAwait(false);
        return new MediaReader(info, options, programs);
    }

    /// <summary>Prepares to read a file that has been probed.</summary>
    /// <param name="info">What <see cref="MediaProbe"/> said.</param>
    /// <param name="options">What to decode.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size or rate of the options is out of range.</exception>
    public static MediaReader Open(MediaInfo info, MediaReadOptions options)
    {
        ArgumentNullException.ThrowIfNull(info);
        ArgumentNullException.ThrowIfNull(options);
        ThrowIfSenseless(options);
        return new MediaReader(info, options, options.Programs ?? FfmpegPrograms.FromEnvironment());
    }

    /// <summary>
    /// Decodes the file: frames in order of their index, stretches of sound in order of time, neither with gaps; the two are interleaved roughly by time.
    /// Can be called once.
    /// </summary>
    /// <param name="cancellationToken">Stops ffmpeg at once.</param>
    /// <exception cref="MediaException">
    /// Nothing could be decoded, or ffmpeg stalled, crashed or is missing. The chunks decoded before it are returned first.
    /// </exception>
    /// <exception cref="InvalidOperationException">It was called before.</exception>
    public async IAsyncEnumerable<MediaChunk> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (_decoding is not null)
        {
            throw new InvalidOperationException($"'{Info.Path}' is being read or has been read; open it again to read it again.");
        }

        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposal.Token);
        ChunkQueue queue = new(Math.Clamp(AheadBytes / Math.Max(1, _options.Frames?.FrameBytes ?? AheadBytes), 2, 64));
        _decoding = Task.Run(() => DecodeAsync(queue, ending.Token), CancellationToken.None);
        try
        {
            await foreach (MediaChunk chunk in queue.ReadAllAsync(ending.Token).ConfigureAwait(false))
            {
                yield return chunk;
            }

            _summary = await _decoding.ConfigureAwait(false);
        }
        finally
        {
            // However the loop ends, ffmpeg ends with it.
            await ending.CancelAsync().ConfigureAwait(false);
            await ((Task)_decoding).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _disposal.CancelAsync().ConfigureAwait(false);
        if (_decoding is not null)
        {
            await ((Task)_decoding).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _disposal.Dispose();
    }

    private async Task<MediaReadSummary> DecodeAsync(ChunkQueue queue, CancellationToken cancellationToken)
    {
        try
        {
            using Decoding decoding = new(Info, _options, _programs, queue, cancellationToken);
            MediaReadSummary summary = await decoding.RunAsync().ConfigureAwait(false);
            queue.Complete(null);
            return summary;
        }
        catch (Exception e)
        {
            queue.Complete(e);
            throw;
        }
    }

    private static MediaInfo Choose(MediaInfo info, int track) => track <= info.AudioStreams.Length
        ? info with { AudioTrack = track }
        : throw new AudioTrackMissingException(info.Path, track, info.AudioStreams.Length);

    private static void ThrowIfSenseless(MediaReadOptions options)
    {
        if (options.Frames is { } frames)
        {
            ThrowIfOutside(frames.Width, 1, LargestSide, "Frames.Width");
            ThrowIfOutside(frames.Height, 1, LargestSide, "Frames.Height");
            ThrowIfOutside(frames.ShortSide ?? LargestSide, Math.Max(frames.Width, frames.Height), LargestSide, "Frames.ShortSide");
            if (!(frames.Rate > 0 && frames.Rate <= LargestRate))
            {
                throw new ArgumentOutOfRangeException(nameof(options), frames.Rate, $"Frames.Rate must be above 0 and at most {LargestRate} Hz.");
            }
        }

        ThrowIfOutside(options.SampleRate, 1, LargestSampleRate, nameof(options.SampleRate));
        ThrowIfOutside(options.AudioTrack ?? 1, 1, int.MaxValue, nameof(options.AudioTrack));
        ThrowIfOutside(options.Threads, 0, 1024, nameof(options.Threads));
        if (options.StallTimeout <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.StallTimeout, "StallTimeout must be above 0.");
        }
    }

    private static void ThrowIfOutside(int value, int least, int most, string name)
    {
        if (value < least || value > most)
        {
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} must be between {least} and {most}."));
        }
    }
}
