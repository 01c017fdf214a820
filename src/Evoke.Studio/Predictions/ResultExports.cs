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

/// <summary>Makes the files that people take away.</summary>
public sealed class ResultExports
{
    private readonly ThumbnailStore _thumbnails;
    private readonly VideoAccess _access;

    /// <summary>Takes pictures for the page from <paramref name="thumbnails"/>, and the timecode of a video's first frame from its file.</summary>
    public ResultExports(ThumbnailStore thumbnails, VideoAccess access) => (_thumbnails, _access) = (thumbnails, access);

    /// <summary>Makes one file.</summary>
    /// <param name="video">The video.</param>
    /// <param name="result">Its result.</param>
    /// <param name="format">csv, json, vtt, png, html, edl, markers or elan.</param>
    /// <param name="ownTimecode">edl and markers: true to count from the timecode that the video's file gives its first frame, if it gives one.</param>
    /// <param name="cancellation">Ends the taking of pictures.</param>
    /// <returns>The bytes, their media type, and how the file's name ends.</returns>
    /// <exception cref="StudioRequestException">The format is none of these (400).</exception>
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
            "json" => (Bytes(stream => JsonExport.Write(document, stream)), "application/json", ".json"),
            "vtt" => (Bytes(stream => WebVttExport.Write(document, stream)), "text/vtt", ".vtt"),
            "png" => (PlotPicture.Draw(document), "image/png", ".png"),
            "edl" => (Bytes(stream => MarkerExport.WriteEdl(document, timecode, stream)), "text/plain", ".edl"),
            "markers" => (Bytes(stream => MarkerExport.WriteCsv(document, timecode, stream)), "text/csv", "-markers.csv"),
            "elan" => (Bytes(stream => MarkerExport.WriteElan(document, stream)), "text/tab-separated-values", "-elan.txt"),
            "html" => (await PageAsync(video, document, cancellation).ConfigureAwait(false), "text/html", ".html"),
            _ => throw new StudioRequestException(StatusCodes.Status400BadRequest,
                $"A format is csv, json, vtt, png, html, edl, markers or elan; found '{format}'."),
        };
    }

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
