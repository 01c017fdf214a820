using System.Globalization;
using Evoke.Curves.Csv;
using Evoke.Curves.Export;
using Evoke.Curves.Export.Markers;
using Evoke.Curves.Export.Programs;
using Evoke.Files;
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

    /// <summary>Files for other programs.</summary>
    public IReadOnlyList<ProgramFormat> Programs { get; init; } = [];

    /// <summary>True if those that can start at the timecode of the video's first frame do.</summary>
    public bool OwnTimecode { get; init; }

    /// <summary>What follows the name of a video in the name of each file; without the file that only some models have.</summary>
    public IEnumerable<string> Endings =>
    [
        ".csv", .. Json ? [".json"] : Array.Empty<string>(), .. Vtt ? [".vtt"] : Array.Empty<string>(), .. Html ? [".html"] : Array.Empty<string>(),
        .. Programs.Select(program => program.Ending),
    ];
}

/// <summary>Writes a prediction in every requested format.</summary>
internal static class PredictionFiles
{
    /// <summary>
    /// Writes the CSV file and the files that <paramref name="formats"/> requests beside it, each completely or not at all; if one cannot be written,
    /// none remains.
    /// </summary>
    /// <param name="document">The prediction.</param>
    /// <param name="video">The video, for the pictures on the page and its frame rate; null for features.</param>
    /// <param name="location">Where the video is from the folder of the results (<see cref="FilmFile.Location"/>); null if there is no file to refer
    /// to.</param>
    /// <param name="place">Where the files are written.</param>
    /// <param name="name">The name of the files, unless <paramref name="place"/> sets one.</param>
    /// <param name="formats">What is written beside the CSV file.</param>
    /// <param name="warn">Receives warnings about the files.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>The files by kind: csv, scheme (the ranges of the CSV file's columns, where they are not from 0 to 1), json, vtt, html, and the name of each
    /// of the formats for other programs.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> WriteAsync(
        PredictionDocument document,
        string? video,
        string? location,
        PredictionPlace place,
        string name,
        PredictionFormats formats,
        Action<string> warn,
        CancellationToken cancellationToken)
    {
        Dictionary<string, string> files = new(StringComparer.Ordinal);
        string At(string extension) => files[extension] = place.PathOf(name, $".{extension}");

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

            if (formats.Programs.Count > 0)
            {
                FilmFile film = await FilmAsync(video, location, formats.Programs, warn, cancellationToken).ConfigureAwait(false);
                foreach (ProgramFormat program in formats.Programs)
                {
                    Write(program, film);
                }
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

        void Write(ProgramFormat program, FilmFile film)
        {
            if (program.FindObstacle(document) is { } obstacle)
            {
                warn($"{program.Name} is not written: {obstacle}");
                return;
            }

            string path = files[program.Name] = place.PathOf(name, program.Ending);
            AtomicFile.Write(path, stream => program.Write(document, film, formats.OwnTimecode, stream));
        }
    }

    private static async Task<FilmFile> FilmAsync(
        string? video, string? location, IReadOnlyList<ProgramFormat> programs, Action<string> warn, CancellationToken cancellationToken)
    {
        FilmFile film = video is null
            ? FilmFile.Unknown
            : (await MediaProbe.ProbeAsync(video, cancellationToken).ConfigureAwait(false)).ToFilmFile(location);
        string[] counting = [.. programs.Where(program => program.CountsFrames).Select(program => program.Name)];
        if (film.FrameRate is null && counting.Length > 0)
        {
            warn(string.Create(
                CultureInfo.InvariantCulture,
                $"there is no frame rate: frames in {string.Join(", ", counting)} are counted at {film.Timecode.FramesPerSecond} per second"));
        }

        return film;
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
