using System.Collections.Immutable;
using Evoke.Curves;
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
    /// <summary>The formats.</summary>
    public static readonly ImmutableArray<string> Formats = ["csv", "scheme", "json", "vtt", "png", "html", "edl", "markers", "elan"];

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
            "html" => (await PageAsync(video, document, comparison: null, cancellation).ConfigureAwait(false), "text/html", ".html"),
            _ => throw NoSuch(format),
        };
    }

    /// <summary>The page of a comparison.</summary>
    /// <param name="video">Cut A, whose clock is used.</param>
    /// <param name="result">Its result.</param>
    /// <param name="other">Cut B.</param>
    /// <param name="comparison">B minus A, on A's clock.</param>
    /// <param name="cancellation">Cancels the extraction of pictures.</param>
    public Task<byte[]> ComparisonAsync(
        VideoRecord video, ResultRecord result, VideoRecord other, ComparisonView comparison, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        PredictionDocument document = ResultDocument.Of(video, result);
        int width = result.Scheme.Length;
        float[] values = [.. document.Curves.Values.ToArray().Select((value, i) => value + (comparison.Difference[i % width][i / width] ?? float.NaN))];
        HtmlComparison shown = new(other.Name, new EmotionCurves(document.Curves.Scheme, document.Curves.Grid, values), comparison.Align);
        return PageAsync(video, document, shown, cancellation);
    }

    /// <summary>The error of a format that does not exist.</summary>
    public static StudioRequestException NoSuch(string format) => new(
        StatusCodes.Status400BadRequest, $"format must be {string.Join(", ", Formats[..^1])} or {Formats[^1]}; found '{RequestText.Short(format)}'.");

    private static byte[] Scheme(PredictionDocument document) => document.Curves.Scheme.FollowsFromNames
        ? throw new StudioRequestException(StatusCodes.Status404NotFound,
            "The CSV file of this result needs no scheme: its curves are from 0 to 1, as without one.")
        : Bytes(stream => SchemeFile.Write(stream, document.Curves.Scheme));

    private async Task<Timecode> OwnTimecodeAsync(VideoRecord video, CancellationToken cancellation)
    {
        MediaInfo film = await MediaProbe.ProbeAsync(_access.OpenablePath(video), cancellation).ConfigureAwait(false);
        return Timecode.StartingAt(video.FrameRate, film.StartTimecode);
    }

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
