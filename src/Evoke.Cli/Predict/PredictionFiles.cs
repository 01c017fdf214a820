using Evoke.Curves.Csv;
using Evoke.Curves.Export;
using Evoke.Media;
using Evoke.Media.Previews;
using Evoke.Media.Probing;
using Evoke.Pages.Predictions;

namespace Evoke.Cli.Predict;

/// <summary>Which files a prediction is written to, beside the CSV.</summary>
internal sealed record PredictionFormats(bool Json, bool Vtt, bool Html);

/// <summary>Writes a prediction in every form that was asked for.</summary>
internal static class PredictionFiles
{
    private const int ThumbnailWidth = 240;
    private const int FilmStripPictures = 24;

    /// <summary>Writes <c>FOLDER/ID.csv</c> and what <paramref name="formats"/> asks for beside it, each file whole or not at all; if one cannot be
    /// written, none stays.</summary>
    /// <returns>The files by kind: csv, json, vtt, html.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> WriteAsync(
        PredictionDocument document, string video, string folder, PredictionFormats formats, CancellationToken cancellationToken)
    {
        Dictionary<string, string> files = new(StringComparer.Ordinal);
        string At(string extension) => files[extension] = Path.Combine(folder, $"{document.VideoId}.{extension}");

        try
        {
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
        catch
        {
            foreach (string file in files.Values.Where(File.Exists))
            {
                File.Delete(file);
            }

            throw;
        }
    }

    // One for each moment, and a strip over the whole video.
    private static async Task<IReadOnlyList<HtmlThumbnail>> ThumbnailsAsync(PredictionDocument document, string video, CancellationToken cancellationToken)
    {
        MediaInfo film = await MediaProbe.ProbeAsync(video, cancellationToken: cancellationToken).ConfigureAwait(false);
        if (film.Video is null)
        {
            return [];
        }

        int pictures = (int)Math.Clamp(document.DurationSeconds, 1, FilmStripPictures);
        double[] seconds =
        [
            .. document.Moments.Select(moment => document.Curves.Grid.SecondsAt(moment.Step))
                .Concat(Enumerable.Range(0, pictures).Select(i => (i + 0.5) * document.DurationSeconds / pictures))
                .Distinct().Order(),
        ];
        IReadOnlyList<byte[]> jpegs = await Thumbnails.TakeAsync(film, seconds, ThumbnailWidth, cancellationToken: cancellationToken).ConfigureAwait(false);
        return [.. seconds.Zip(jpegs, (at, jpeg) => new HtmlThumbnail(at, "image/jpeg", jpeg))];
    }
}
