using Evoke.Curves.Csv;
using Evoke.Curves.Export;
using Evoke.Media;
using Evoke.Media.Previews;
using Evoke.Media.Probing;
using Evoke.Pages.Predictions;

namespace Evoke.Cli.Predict;

/// <summary>Which files are written, by default beside the CSV file.</summary>
internal sealed record PredictionFormats(bool Json, bool Vtt, bool Html)
{
    /// <summary>False to leave out the CSV file itself.</summary>
    public bool Csv { get; init; } = true;
}

/// <summary>Writes a prediction in every requested format.</summary>
internal static class PredictionFiles
{
    /// <summary>
    /// Writes the CSV file and the files that <paramref name="formats"/> requests beside it, each completely or not at all; if one cannot be written,
    /// none remains.
    /// </summary>
    /// <param name="document">The prediction.</param>
    /// <param name="video">The video, for the pictures on the page; null for features.</param>
    /// <param name="place">Where the files are written.</param>
    /// <param name="name">The name of the files, unless <paramref name="place"/> sets one.</param>
    /// <param name="formats">What is written beside the CSV file.</param>
    /// <param name="warn">Receives warnings about the files.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>The files by kind: csv, scheme (the ranges of the CSV file's columns, where they are not from 0 to 1), json, vtt, html.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> WriteAsync(
        PredictionDocument document,
        string? video,
        PredictionPlace place,
        string name,
        PredictionFormats formats,
        Action<string> warn,
        CancellationToken cancellationToken)
    {
        Dictionary<string, string> files = new(StringComparer.Ordinal);
        string At(string extension) => files[extension] = place.PathOf(name, extension);

        try
        {
            if (formats.Csv)
            {
                string csv = At("csv");
                if (!document.Curves.Scheme.FollowsFromNames)
                {
                    files["scheme"] = SchemeFile.PathFor(csv);
                }

                EevCsv.Write(document, csv);
            }

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
                HtmlReport.Write(document, await PicturesAsync(document, video, warn, cancellationToken).ConfigureAwait(false), At("html"));
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

    // A page without pictures is still a valid result: the sound may be decodable when the pictures are not.
    private static async Task<IReadOnlyList<HtmlThumbnail>> PicturesAsync(
        PredictionDocument document, string? video, Action<string> warn, CancellationToken cancellationToken)
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

    private static async Task<IReadOnlyList<HtmlThumbnail>> ThumbnailsAsync(PredictionDocument document, string? video, CancellationToken cancellationToken)
    {
        if (video is null)
        {
            return [];
        }

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
