using System.Globalization;
using System.Text;
using Evoke.Files;
using Evoke.Media.Ffmpeg;
using Evoke.Media.Reading;

namespace Evoke.Media.Previews;

/// <summary>Size and speed settings of a preview.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record PreviewOptions
{
    /// <summary>The longer side of the picture in pixels: even, 64 to 4096. Smaller films keep their size.</summary>
    public int LongestSide { get; init; } = 640;

    /// <summary>The highest frame rate; of a faster film, every second, third … frame is kept.</summary>
    public double MostFramesPerSecond { get; init; } = 30;

    /// <summary>Threads of the encoder; 0 lets ffmpeg choose.</summary>
    public int Threads { get; init; }

    /// <summary>ffmpeg is stopped with an error if it reports no progress for this long.</summary>
    public TimeSpan StallTimeout { get; init; } = FfmpegProcess.DefaultStallTimeout;

    /// <summary>Which ffmpeg to run; null for <see cref="FfmpegPrograms.FromEnvironment"/>.</summary>
    public FfmpegPrograms? Programs { get; init; }
}

/// <summary>Progress of a preview.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="SecondsDone">Seconds of the film that have been written.</param>
/// <param name="SecondsTotal">Its length as its file says; null if it does not say.</param>
/// <param name="Bytes">Bytes written so far.</param>
public readonly record struct PreviewProgress(double SecondsDone, double? SecondsTotal, long Bytes);

/// <summary>
/// Writes a small copy of a film that every browser plays: MP4 with H.264 and AAC, with the picture and sound of the original, on the picture's own clock.
/// </summary>
/// <remarks>Thread-safe: each call starts a program of its own.</remarks>
public static class PreviewFilm
{
    /// <summary>Writes the copy.</summary>
    /// <param name="film">The film, probed.</param>
    /// <param name="path">The file to write; an existing file is replaced once the new one is complete.</param>
    /// <param name="options">The settings; null for the defaults.</param>
    /// <param name="progress">Called about twice a second, synchronously; an exception that it throws cancels the work.</param>
    /// <param name="cancellationToken">Stops ffmpeg at once and leaves no file.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    /// <exception cref="MediaEncoderMissingException">This ffmpeg was built without the H.264 or AAC encoder.</exception>
    /// <exception cref="MediaException">The film cannot be read; one type per cause.</exception>
    /// <exception cref="FileWriteException">The copy cannot be written.</exception>
    public static async Task WriteAsync(
        MediaInfo film, string path, PreviewOptions? options = null, IProgress<PreviewProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(film);
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new PreviewOptions();
        ArgumentOutOfRangeException.ThrowIfNotEqual(options.LongestSide, Math.Clamp(options.LongestSide & ~1, 64, 4096), nameof(options.LongestSide));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MostFramesPerSecond);
        await AtomicFile.WriteWithAsync(path, async unfinished =>
        {
            string program = (options.Programs ?? FfmpegPrograms.FromEnvironment()).Ffmpeg;
            bool toneMap = (await PictureFilters.MissingAsync(film.Video, program, film.Path, cancellationToken).ConfigureAwait(false)).Count == 0;
            IReadOnlyList<string> arguments = PreviewCommand.For(film, options, toneMap, unfinished);
            FfmpegProcess ffmpeg = FfmpegProcess.Start(program, arguments, film.Path, options.StallTimeout, cancellationToken);
            await using (ffmpeg.ConfigureAwait(false))
            {
                await FollowAsync(ffmpeg, film, progress).ConfigureAwait(false);
                ThrowIfFailed(film, await ffmpeg.EndAsync().ConfigureAwait(false), unfinished, path);
            }
        }).ConfigureAwait(false);
    }

    // ffmpeg reports its progress as lines of 'key=value', the last of each report being 'progress=…'.
    private static async Task FollowAsync(FfmpegProcess ffmpeg, MediaInfo film, IProgress<PreviewProgress>? progress)
    {
        byte[] buffer = new byte[4096];
        StringBuilder line = new();
        PreviewProgress now = new(0, film.ToldSeconds, 0);
        int read;
        while ((read = await ffmpeg.ReadAsync(buffer).ConfigureAwait(false)) > 0)
        {
            foreach (byte b in buffer.AsSpan(0, read))
            {
                if (b != '\n')
                {
                    line.Append((char)b);
                    continue;
                }

                string[] pair = line.ToString().Split('=', 2);
                line.Clear();
                now = pair is [var key, var value] ? Heard(now, key, value.Trim()) : now;
                if (pair[0] == "progress")
                {
                    progress?.Report(now);
                }
            }
        }
    }

    private static PreviewProgress Heard(PreviewProgress now, string key, string value) => !long.TryParse(value, CultureInfo.InvariantCulture, out long number)
        ? now
        : key switch
        {
            "out_time_us" => now with { SecondsDone = Math.Max(now.SecondsDone, number / 1e6) },
            "total_size" => now with { Bytes = number },
            _ => now,
        };

    private static void ThrowIfFailed(MediaInfo film, ProgramEnding ending, string written, string path)
    {
        if (ending.ExitCode != 0)
        {
            throw EncodingFailure.Of(film.Path, ending, path);
        }

        if (!File.Exists(written) || new FileInfo(written).Length == 0)
        {
            throw new MediaNotDecodableException(film.Path, ending.Said.Length == 0 ? "ffmpeg produced no frame and no sample" : ending.Said);
        }
    }
}
