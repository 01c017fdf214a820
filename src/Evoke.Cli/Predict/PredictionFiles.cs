using Evoke.Curves;
using Evoke.Media;
using Evoke.Media.Previews;
using Evoke.Media.Probing;

namespace Evoke.Cli.Predict;

/// <summary>Which files a prediction is written to, beside the CSV.</summary>
internal sealed record PredictionFormats(bool Json, bool Vtt, bool Html);

/// <summary>Writes a prediction in every form that was asked for.</summary>
internal static class PredictionFiles
{
    private const int ThumbnailWidth = 240;
    private const int FilmStripPictures = 24;

    /// <summary>Writes <c>FOLDER/ID.csv</c> and what <paramref name="formats"/> asks for beside it, each file whole or not at all.</summary>
    /// <returns>The files by kind: csv, json, vtt, html.</returns>
    /// <exception cref="EvokeException">Something could not be written; then none of the files is left.</exception>
    public static async Task<IReadOnlyDictionary<string, string>> WriteAsync(
        PredictionDocument document, string video, string folder, PredictionFormats formats, Action<string> warn, CancellationToken cancellationToken)
    {
        Dictionary<string, string> files = new(StringComparer.Ordinal);
        bool complete = false;
        try
        {
            await WriteAsync(document, video, folder, formats, files, warn, cancellationToken).ConfigureAwait(false);
            complete = true;
            return files;
        }
        finally
        {
            // What is there of a video that failed must not pass for its result.
            foreach (string file in files.Values.Where(file => !complete && File.Exists(file)))
            {
                File.Delete(file);
            }
        }
    }

    private static async Task WriteAsync(
        PredictionDocument document, string video, string folder, PredictionFormats formats, Dictionary<string, string> files, Action<string> warn,
        CancellationToken cancellationToken)
    {
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
            HtmlReport.Write(document, await ThumbnailsAsync(document, video, warn, cancellationToken).ConfigureAwait(false), At("html"));
        }
    }

    // A page without pictures is still the video's result: a film may have sound that can be decoded and pictures that cannot.
    private static async Task<IReadOnlyList<HtmlThumbnail>> ThumbnailsAsync(
        PredictionDocument document, string video, Action<string> warn, CancellationToken cancellationToken)
    {
        try
        {
            return await ThumbnailsAsync(document, video, cancellationToken).ConfigureAwait(false);
        }
        catch (MediaException error)
        {
            warn($"the page has no pictures: {error.Message}");
            return [];
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
