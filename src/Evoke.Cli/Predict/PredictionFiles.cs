using Evoke.Curves;
using Evoke.Media;
using Evoke.Pages.Predictions;

namespace Evoke.Cli.Predict;

/// <summary>Which files a prediction is written to, beside the CSV.</summary>
internal sealed record PredictionFormats(bool Json, bool Vtt, bool Html);

/// <summary>Writes a prediction in every form that was asked for.</summary>
internal static class PredictionFiles
{
    /// <summary>Writes <c>FOLDER/ID.csv</c> and what <paramref name="formats"/> asks for beside it, each file whole or not at all.</summary>
    /// <returns>The files by kind: csv, json, vtt, html.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> WriteAsync(
        PredictionDocument document, string video, string folder, PredictionFormats formats, CancellationToken cancellationToken)
    {
        Dictionary<string, string> files = new(StringComparer.Ordinal);
        string At(string extension) => files[extension] = Path.Combine(folder, $"{document.VideoId}.{extension}");

        EevCsv.Write(document, At("csv"));
        if (formats.Json)
        {
            JsonExport.Write(document, At("json"));
        }

        if (formats.Vtt)
        {
            WebVttExport.Write(document, At("vtt"));
        }

        if (formats.Html)
        {
            HtmlReport.Write(document, await ThumbnailsAsync(document, video, cancellationToken).ConfigureAwait(false), At("html"));
        }

        return files;
    }

    private static async Task<IReadOnlyList<HtmlThumbnail>> ThumbnailsAsync(PredictionDocument document, string video, CancellationToken cancellationToken)
    {
        MediaInfo film = await MediaProbe.ProbeAsync(video, cancellationToken: cancellationToken).ConfigureAwait(false);
        if (film.Video is null)
        {
            return [];
        }

        IReadOnlyList<double> seconds = FilmStrip.SecondsOf(document);
        IReadOnlyList<byte[]> jpegs = await Thumbnails.TakeAsync(film, seconds, FilmStrip.PictureWidth, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        return FilmStrip.Of(seconds, jpegs);
    }
}
