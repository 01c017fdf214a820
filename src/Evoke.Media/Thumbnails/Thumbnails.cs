namespace Evoke.Media;

/// <summary>File format of a thumbnail.</summary>
public enum ThumbnailFormat
{
    /// <summary>JPEG: small.</summary>
    Jpeg,

    /// <summary>PNG: exact.</summary>
    Png,
}

/// <summary>Small pictures of a film at given seconds.</summary>
public static class Thumbnails
{
    /// <summary>Takes the picture on screen at each of <paramref name="seconds"/>, as a JPEG or PNG file's bytes.</summary>
    /// <param name="film">The film, probed; it must have a picture.</param>
    /// <param name="seconds">Seconds on the picture's own clock, in any order; beyond the end, the last picture is given.</param>
    /// <param name="width">Width in pixels, at least 2; the height keeps the shape of the picture.</param>
    /// <param name="format">JPEG or PNG.</param>
    /// <param name="programs">Which ffmpeg to run; null for <see cref="FfmpegPrograms.FromEnvironment"/>.</param>
    /// <param name="cancellationToken">Ends ffmpeg at once.</param>
    /// <returns>One file per second asked for, in the order of <paramref name="seconds"/>.</returns>
    /// <exception cref="ArgumentException">The film has no picture, or a second is negative or not finite.</exception>
    /// <exception cref="MediaException">The picture cannot be read.</exception>
    public static Task<IReadOnlyList<byte[]>> TakeAsync(
        MediaInfo film,
        IReadOnlyList<double> seconds,
        int width,
        ThumbnailFormat format = ThumbnailFormat.Jpeg,
        FfmpegPrograms? programs = null,
        CancellationToken cancellationToken = default) =>
        throw new NotSupportedException($"{film} {seconds} {width} {format} {programs} {cancellationToken}");
}
