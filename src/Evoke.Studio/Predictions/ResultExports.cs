using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Curves.Export;
using Evoke.Curves.Export.Markers;
using Evoke.Curves.Export.Programs;
using Evoke.Pages.Predictions;
using Evoke.Studio.Disk;
using Evoke.Studio.Errors;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Predictions;

/// <summary>Creates the exported files.</summary>
internal sealed class ResultExports
{
    private readonly ThumbnailStore _thumbnails;
    private readonly VideoAccess _access;
    private readonly SummarizedResults _summaries;
    private readonly RatingShelf _ratings;

    /// <summary>Uses pictures for the HTML page from <paramref name="thumbnails"/>, what files for other programs say of a video from its file,
    /// the summary of a result from <paramref name="summaries"/>, and what viewers said from <paramref name="ratings"/>.</summary>
    public ResultExports(ThumbnailStore thumbnails, VideoAccess access, SummarizedResults summaries, RatingShelf ratings) =>
        (_thumbnails, _access, _summaries, _ratings) = (thumbnails, access, summaries, ratings);

    /// <summary>Creates one file.</summary>
    /// <param name="video">The video.</param>
    /// <param name="result">Its result.</param>
    /// <param name="format">One of <see cref="ExportFormats.All"/>.</param>
    /// <param name="ownTimecode">edl, markers and premiere: true to start at the timecode that the video's file gives for its first frame, if any.</param>
    /// <param name="norm">json and html: what the numbers of the summary are compared with; null for nothing.</param>
    /// <param name="cancellation">Cancels the extraction of pictures.</param>
    /// <returns>The bytes, their media type, and the end of the file name.</returns>
    /// <exception cref="StudioRequestException">The format is none of these (400), the CSV file needs no scheme (404), the video cannot be
    /// written in this format (422), or its file is needed and gone (410).</exception>
    public async Task<(byte[] Bytes, string Type, string Ending)> MakeAsync(
        VideoRecord video, ResultRecord result, string format, bool ownTimecode, NormChoice? norm, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(video);
        PredictionDocument document = format is "json" or "html"
            ? await _ratings.AddToAsync(video.Id, _summaries.Of(video, result, norm), cancellation).ConfigureAwait(false)
            : ResultDocument.Of(video, result);
        if (ProgramFormats.Find(format) is { } program)
        {
            return (await ForProgramAsync(video, document, program, ownTimecode, cancellation).ConfigureAwait(false), program.MediaType, program.Ending);
        }

        return format switch
        {
            "csv" => (Bytes(stream => EevCsv.Write(document, stream)), "text/csv", ".csv"),
            "scheme" => (Scheme(document), "application/json", ".scheme.json"),
            "json" => (Bytes(stream => JsonExport.Write(document, stream)), "application/json", ".json"),
            "vtt" => (Bytes(stream => WebVttExport.Write(document, stream)), "text/vtt", ".vtt"),
            "png" => (PlotPicture.Draw(document), "image/png", ".png"),
            "html" => (await PageAsync(video, document, comparison: null, cancellation).ConfigureAwait(false), "text/html", ".html"),
            _ => throw NoSuch(format),
        };
    }

    /// <summary>The formats for other programs in which a result cannot be written, each with the reason.</summary>
    public static IReadOnlyDictionary<string, string> Refused(PredictionDocument document)
    {
        Dictionary<string, string> refused = new(StringComparer.Ordinal);
        foreach (ProgramFormat program in ProgramFormats.All)
        {
            if (program.FindObstacle(document) is { } obstacle)
            {
                refused.Add(program.Name, obstacle);
            }
        }

        return refused;
    }

    /// <summary>The page of a comparison.</summary>
    /// <param name="video">Cut A, whose clock is used.</param>
    /// <param name="result">Its result.</param>
    /// <param name="other">Cut B.</param>
    /// <param name="comparison">B minus A, on A's clock.</param>
    /// <param name="cancellation">Cancels the extraction of pictures.</param>
    public async Task<byte[]> ComparisonAsync(
        VideoRecord video, ResultRecord result, VideoRecord other, ComparisonView comparison, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        PredictionDocument document = await _ratings.AddToAsync(video.Id, ResultDocument.Of(video, result), cancellation).ConfigureAwait(false);
        int width = result.Scheme.Length;
        float[] values = [.. document.Curves.Values.ToArray().Select((value, i) => value + (comparison.Difference[i % width][i / width] ?? float.NaN))];
        HtmlComparison shown = new(other.Name, new EmotionCurves(document.Curves.Scheme, document.Curves.Grid, values), comparison.Align);
        return await PageAsync(video, document, shown, cancellation).ConfigureAwait(false);
    }

    /// <summary>The error of a format that does not exist.</summary>
    public static StudioRequestException NoSuch(string format) => new(
        StatusCodes.Status400BadRequest, $"format must be {ExportFormats.Listed}; found '{RequestText.Short(format)}'.");

    private static byte[] Scheme(PredictionDocument document) => document.Curves.Scheme.FollowsFromNames
        ? throw new StudioRequestException(StatusCodes.Status404NotFound,
            "The CSV file of this result needs no scheme: its curves are from 0 to 1, as without one.")
        : Bytes(stream => SchemeFile.Write(stream, document.Curves.Scheme));

    private async Task<byte[]> ForProgramAsync(
        VideoRecord video, PredictionDocument document, ProgramFormat program, bool ownTimecode, CancellationToken cancellation)
    {
        if (program.FindObstacle(document) is { } obstacle)
        {
            throw new StudioRequestException(StatusCodes.Status422UnprocessableEntity, $"{program.Name} cannot be written: {obstacle}.");
        }

        bool reads = program.DescribesFilm || (ownTimecode && program.TakesOwnTimecode);
        FilmFile film = reads ? await FilmAsync(video, cancellation).ConfigureAwait(false) : new FilmFile { FrameRate = video.FrameRate };
        return Bytes(stream => program.Write(document, film, ownTimecode, stream));
    }

    // The exported file is meant to lie beside the video, whose file has its own name, whatever it is called in the library.
    private async Task<FilmFile> FilmAsync(VideoRecord video, CancellationToken cancellation) =>
        (await _access.ProbeAsync(video, cancellation).ConfigureAwait(false)).ToFilmFile(video.FileName);

    private async Task<byte[]> PageAsync(VideoRecord video, PredictionDocument document, HtmlComparison? comparison, CancellationToken cancellation)
    {
        IReadOnlyList<HtmlThumbnail> pictures = [];
        if (video.HasPicture)
        {
            IReadOnlyList<double> seconds = FilmStrip.SecondsOf(document);
            pictures = FilmStrip.Of(seconds, await _thumbnails.GetAsync(video, seconds, FilmStrip.PictureWidth, cancellation).ConfigureAwait(false));
        }

        return Bytes(stream => HtmlReport.Write(document, pictures, comparison, stream));
    }

    private static byte[] Bytes(Action<Stream> write)
    {
        using MemoryStream stream = new();
        write(stream);
        return stream.ToArray();
    }
}
