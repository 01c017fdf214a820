using Evoke.Curves.Export;

namespace Evoke.Pages.Predictions;

/// <summary>The pictures that the page of a video shows: one for each moment, and a strip over the whole video.</summary>
/// <remarks>Thread-safe: each call starts a program of its own.</remarks>
public static class FilmStrip
{
    /// <summary>Width of a picture in pixels.</summary>
    public const int PictureWidth = 240;

    private const int Pictures = 24;

    /// <summary>
    /// The times of the pictures in seconds, ascending and distinct: one per second for a short video, 24 for others, and those of the moments.
    /// </summary>
    public static IReadOnlyList<double> SecondsOf(PredictionDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        int pictures = (int)Math.Clamp(document.DurationSeconds, 1, Pictures);
        return
        [
            .. document.Moments.Select(moment => document.Curves.Grid.SecondsAt(moment.Step))
                .Concat(Enumerable.Range(0, pictures).Select(i => (i + 0.5) * document.DurationSeconds / pictures))
                .Distinct().Order(),
        ];
    }

    /// <summary>The thumbnails for the page.</summary>
    /// <param name="seconds">The times from <see cref="SecondsOf"/>.</param>
    /// <param name="jpegs">A JPEG file for each.</param>
    public static IReadOnlyList<HtmlThumbnail> Of(IReadOnlyList<double> seconds, IReadOnlyList<byte[]> jpegs) =>
        [.. seconds.Zip(jpegs, (at, jpeg) => new HtmlThumbnail(at, "image/jpeg", jpeg))];
}
