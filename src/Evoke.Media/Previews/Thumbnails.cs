using Evoke.Media.Ffmpeg;
using Evoke.Media.Reading;

namespace Evoke.Media.Previews;

/// <summary>File format of a thumbnail.</summary>
public enum ThumbnailFormat
{
    /// <summary>JPEG: small.</summary>
    Jpeg,

    /// <summary>PNG: exact.</summary>
    Png,
}

/// <summary>Small pictures of a film at given times, for web pages.</summary>
/// <remarks>Thread-safe: each call starts a program of its own.</remarks>
public static class Thumbnails
{
    private const int LargestWidth = 8192;
    private const int LargestFile = 256 * 1024 * 1024;
    private const double KeyFrameSeconds = 10; // Key frames are rarely further apart.

    /// <summary>
    /// Takes the picture shown at each of <paramref name="seconds"/>, as a JPEG or PNG file's bytes. Seeks: the film is not decoded from its beginning.
    /// </summary>
    /// <param name="film">The film, probed; it must have a picture.</param>
    /// <param name="seconds">Seconds on the picture's own clock, in any order; beyond the end, one of the last pictures is returned.</param>
    /// <param name="width">Width in pixels, 2 to 8192; the height keeps the shape of the picture as shown, non-square pixels included.</param>
    /// <param name="format">JPEG or PNG.</param>
    /// <param name="programs">Which ffmpeg to run; null for <see cref="FfmpegPrograms.FromEnvironment"/>.</param>
    /// <param name="cancellationToken">Stops ffmpeg at once.</param>
    /// <returns>One file per requested second, in the order of <paramref name="seconds"/>.</returns>
    /// <exception cref="ArgumentException">The film has no picture, the width is out of range, or a second is negative or not finite.</exception>
    /// <exception cref="MediaException">The picture cannot be read.</exception>
    public static async Task<IReadOnlyList<byte[]>> TakeAsync(
        MediaInfo film,
        IReadOnlyList<double> seconds,
        int width,
        ThumbnailFormat format = ThumbnailFormat.Jpeg,
        FfmpegPrograms? programs = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(film);
        ArgumentNullException.ThrowIfNull(seconds);
        VideoStreamInfo picture = film.Video ?? throw new ArgumentException($"'{film.Path}' has no picture to take thumbnails of.", nameof(film));
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, LargestWidth);
        foreach (double second in seconds)
        {
            if (!double.IsFinite(second) || second < 0)
            {
                throw new ArgumentOutOfRangeException(nameof(seconds), second, "The time of a thumbnail must be a finite number of seconds, 0 or more.");
            }
        }

        programs ??= FfmpegPrograms.FromEnvironment();
        string ffmpeg = programs.Ffmpeg;
        JumpingClock? clock = seconds.Count == 0 ? null : await JumpingClock.ReadAsync(film, picture, programs, cancellationToken).ConfigureAwait(false);
        bool toneMap = (await PictureFilters.MissingAsync(picture, ffmpeg, film.Path, cancellationToken).ConfigureAwait(false)).Count == 0;
        byte[][] files = new byte[seconds.Count][];
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = Math.Clamp(Environment.ProcessorCount, 1, 4), CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, files.Length, parallel, async (i, token) =>
            files[i] = await TakeAsync(film, picture, Places(film, picture, clock, seconds[i]), width, format, toneMap, ffmpeg, token).ConfigureAwait(false))
            .ConfigureAwait(false);
        return files;
    }

    // Where to look for a moment, one place after the other. Durations can be wrong, and some formats cannot be sought exactly: a frame that is not found is
    // looked for earlier, in the end from the beginning.
    private static Place[] Places(MediaInfo film, VideoStreamInfo picture, JumpingClock? clock, double second)
    {
        if (clock is not null)
        {
            (string[] arguments, double moment) = clock.Find(picture.StartSeconds + second);
            return [new Place(arguments, moment)];
        }

        double last = Math.Max(0, (picture.DurationSeconds ?? film.DurationSeconds ?? double.MaxValue) - (1 / (picture.FrameRate ?? 25)));
        double wanted = Math.Min(second, last);
        return
        [
            .. new[] { wanted, Math.Max(0, wanted - KeyFrameSeconds), 0 }
                .Select(from => new Place(Seek(film, from), picture.StartSeconds + from)),
        ];
    }

    private static async Task<byte[]> TakeAsync(
        MediaInfo film, VideoStreamInfo picture, Place[] places, int width, ThumbnailFormat format, bool toneMap, string ffmpeg,
        CancellationToken cancellationToken)
    {
        string said = "";
        foreach (Place place in places)
        {
            IEnumerable<string> arguments = Arguments(film, picture, place, width, format, toneMap);
            (byte[] file, ProgramEnding ending) = await FfmpegProcess
                .RunAsync(ffmpeg, arguments, film.Path, FfmpegProcess.DefaultStallTimeout, LargestFile, cancellationToken)
                .ConfigureAwait(false);
            if (ending.Crashed || (ending.ExitCode != 0 && place == places[^1]))
            {
                throw new FfmpegFailedException(film.Path, "ffmpeg", ending.ExitCode, ending.Said);
            }

            if (file.Length > 0)
            {
                return file;
            }

            said = ending.Said;
        }

        throw new MediaNotDecodableException(film.Path, said.Length == 0 ? "ffmpeg produced no frame" : said);
    }

    private static IEnumerable<string> Arguments(MediaInfo film, VideoStreamInfo picture, Place place, int width, ThumbnailFormat format, bool toneMap)
    {
        int height = Math.Max(2, (int)Math.Round(width * picture.Height / (picture.Width * picture.PixelAspect)));

        // From the key frame before it, on the container's own clock: the last frame that began by that moment.
        string pick = FormattableString.Invariant(
            $"{PictureFilters.Microseconds},setpts=PTS-{ClockTolerance.Microseconds(picture)},fps=fps=1000:round=up:start_time={place.Seconds:0.######}");
        return
        [
            "-nostdin", "-hide_banner", "-nostats", "-loglevel", "error", .. MediaFile.SafetyArguments,
            "-copyts", "-noaccurate_seek", "-noautorotate", .. RacingDecoders.OneThread(picture), .. place.Arguments, .. film.InputArguments,
            "-i", MediaFile.Argument(film.Path),
            "-map", FormattableString.Invariant($"0:{picture.Index}"), "-filter:v:0", PictureFilters.Shown(picture, pick, width, height, toneMap) + ",setsar=1",
            "-frames:v", "1", "-map_metadata", "-1", "-c:v:0", format == ThumbnailFormat.Png ? "png" : "mjpeg", "-q:v", "4", "-f", "image2pipe", "pipe:1",
        ];
    }

    // ffmpeg adds the container's start time to the requested time. Containers with an index seek to the key frame before; in others we begin well
    // before it, so that there is a key frame.
    private static string[] Seek(MediaInfo film, double second)
    {
        bool indexed = film.Format.StartsWith("mov,", StringComparison.Ordinal) || film.Format.StartsWith("matroska", StringComparison.Ordinal);
        double target = film.Video!.StartSeconds - film.StartSeconds + second - (indexed ? 0 : KeyFrameSeconds);
        return target > 0 ? ["-ss", FormattableString.Invariant($"{target:0.######}")] : [];
    }

    // Where ffmpeg begins to read, and the moment on the container's clock.
    private sealed record Place(string[] Arguments, double Seconds);
}
