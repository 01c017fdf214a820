using Evoke.Curves.Csv;
using Evoke.Curves.Export;
using Evoke.Curves.Export.Markers;
using Evoke.Media;
using Evoke.Media.Probing;
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

    /// <summary>Uses pictures for the HTML page from <paramref name="thumbnails"/>, and the timecode of a video's first frame from its file.</summary>
    public ResultExports(ThumbnailStore thumbnails, VideoAccess access) => (_thumbnails, _access) = (thumbnails, access);

    /// <summary>Creates one file.</summary>
    /// <param name="video">The video.</param>
    /// <param name="result">Its result.</param>
    /// <param name="format">csv, scheme (the ranges of the CSV file's columns), json, vtt, png, html, edl, markers or elan.</param>
    /// <param name="ownTimecode">edl and markers: true to start at the timecode that the video's file gives for its first frame, if any.</param>
    /// <param name="cancellation">Cancels the extraction of pictures.</param>
    /// <returns>The bytes, their media type, and the end of the file name.</returns>
    /// <exception cref="StudioRequestException">The format is none of these (400), or the CSV file needs no scheme (404).</exception>
    public async Task<(byte[] Bytes, string Type, string Ending)> MakeAsync(
        VideoRecord video, ResultRecord result, string format, bool ownTimecode, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(video);
        PredictionDocument document = ResultDocument.Of(video, result);
        Timecode timecode = ownTimecode && (format is "edl" or "markers")
            ? await OwnTimecodeAsync(video, cancellation).ConfigureAwait(false)
            : Timecode.For(video.FrameRate);
        return format switch
        {
            "csv" => (Bytes(stream => EevCsv.Write(document, stream)), "text/csv", ".csv"),
            "scheme" => (Scheme(document), "application/json", ".scheme.json"),
            "json" => (Bytes(stream => JsonExport.Write(document, stream)), "application/json", ".json"),
            "vtt" => (Bytes(stream => WebVttExport.Write(document, stream)), "text/vtt", ".vtt"),
            "png" => (PlotPicture.Draw(document), "image/png", ".png"),
            "edl" => (Bytes(stream => MarkerExport.WriteEdl(document, timecode, stream)), "text/plain", ".edl"),
            "markers" => (Bytes(stream => MarkerExport.WriteCsv(document, timecode, stream)), "text/csv", "-markers.csv"),
            "elan" => (Bytes(stream => MarkerExport.WriteElan(document, stream)), "text/tab-separated-values", "-elan.txt"),
            "html" => (await PageAsync(video, document, cancellation).ConfigureAwait(false), "text/html", ".html"),
            _ => throw new StudioRequestException(StatusCodes.Status400BadRequest,
                $"format must be csv, scheme, json, vtt, png, html, edl, markers or elan; found '{format}'."),
        };
    }

    private static byte[] Scheme(PredictionDocument document) => document.Curves.Scheme.FollowsFromNames
        ? throw new StudioRequestException(StatusCodes.Status404NotFound,
            "The CSV file of this result needs no scheme: its curves are from 0 to 1, as without one.")
        : Bytes(stream => SchemeFile.Write(stream, document.Curves.Scheme));

    private async Task<Timecode> OwnTimecodeAsync(VideoRecord video, CancellationToken cancellation)
    {
        MediaInfo film = await MediaProbe.ProbeAsync(_access.OpenablePath(video), cancellation).ConfigureAwait(false);
        return Timecode.StartingAt(video.FrameRate, film.StartTimecode);
    }

    private async Task<byte[]> PageAsync(VideoRecord video, PredictionDocument document, CancellationToken cancellation)
    {
        IReadOnlyList<HtmlThumbnail> pictures = [];
        if (video.HasPicture)
        {
            IReadOnlyList<double> seconds = FilmStrip.SecondsOf(document);
            pictures = FilmStrip.Of(seconds, await _thumbnails.GetAsync(video, seconds, FilmStrip.PictureWidth, cancellation).ConfigureAwait(false));
        }

        return Bytes(stream => HtmlReport.Write(document, pictures, stream));
    }

    private static byte[] Bytes(Action<Stream> write)
    {
        using MemoryStream stream = new();
        write(stream);
        return stream.ToArray();
    }
}
