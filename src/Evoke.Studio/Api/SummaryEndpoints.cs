using System.ComponentModel;
using System.Globalization;
using Evoke.Curves.Export.Chapters;
using Evoke.Insights.Breaks;
using Evoke.Pages.Predictions;
using Evoke.Studio.Disk;
using Evoke.Studio.Errors;
using Evoke.Studio.Library;
using Evoke.Studio.Predictions;
using Evoke.Studio.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evoke.Studio.Api;

/// <summary>What curves mean to a person who decides: summaries, norms, places for breaks.</summary>
internal static class SummaryEndpoints
{
    private const double MostSeconds = 86_400;
    private const string Gap = "Least distance between two places, in seconds: 60 suits ad breaks, 300 chapters.";
    private const string Count = "Most places.";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/videos/{id}/summary", Summary).WithName("GetSummary")
            .WithSummary("A result in a few numbers, each with its percentile among other videos if these are named.");
        api.MapGet("/videos/{id}/breaks", Breaks).WithName("GetBreaks").WithSummary("Places for ad breaks and chapters, the best first.");
        api.MapGet("/videos/{id}/breaks/file", BreaksFile).WithName("ExportBreaks")
            .WithSummary("These places as a file: a table, or chapters from one place to the next.").Produces<byte[]>();
        api.MapGet("/norms", (NormStore norms) => TypedResults.Ok(norms.All().Select(NormView.Of))).WithName("ListNorms").WithSummary("The norms files.");
        api.MapPost("/norms", AddAsync).WithName("AddNorm").WithSummary("Add a norms file of 'evoke norms make' by sending its bytes as the body.")
            .Accepts<Stream>("application/octet-stream");
        api.MapDelete("/norms/{id}", Delete).WithName("DeleteNorm").WithSummary("Delete a norms file.");
    }

    private static Ok<ShownSummary> Summary(
        string id, VideoLibrary library, ResultTable results, SummarizedResults summaries, NormChoices norms, string? model = null,
        [Description(NormChoices.Described)] string? norm = null)
    {
        ResultRecord result = ResultEndpoints.Find(id, model, library, results);
        return TypedResults.Ok(ShownSummary.Of(summaries.Of(library.Get(id), result, norms.Find(norm, result.Model)).Measures!));
    }

    private static Ok<BreaksView> Breaks(
        string id, VideoLibrary library, ResultTable results, SummarizedResults summaries, string? model = null, [Description(Gap)] double? gap = null,
        [Description(Count)] int? count = null)
    {
        ResultRecord result = ResultEndpoints.Find(id, model, library, results);
        BreakList found = summaries.Breaks(library.Get(id), result, Options(gap, count));
        return TypedResults.Ok(new BreaksView(id, result.Model, result.DurationSeconds, found.Places, found.Note));
    }

    private static FileContentHttpResult BreaksFile(
        string id, VideoLibrary library, ResultTable results, SummarizedResults summaries, string? model = null,
        [Description("csv, chapters (WebVTT) or youtube (lines for the description of a video).")] string format = "csv",
        [Description(Gap)] double? gap = null, [Description(Count)] int? count = null)
    {
        VideoRecord video = library.Get(id);
        ResultRecord result = ResultEndpoints.Find(id, model, library, results);
        BreakList found = summaries.Breaks(video, result, Options(gap, count));
        IReadOnlyList<Chapter> chapters = BreakChapters.Of(found.Places);
        using MemoryStream stream = new();
        switch (format)
        {
            case "csv":
                BreakCsv.Write(stream, video.Stem, found.Places);
                return TypedResults.Bytes(stream.ToArray(), "text/csv", $"{video.Stem}-breaks.csv");
            case "chapters":
                WebVttChapters.Write(chapters, result.DurationSeconds, stream);
                return TypedResults.Bytes(stream.ToArray(), "text/vtt", $"{video.Stem}-breaks.vtt");
            case "youtube":
                YouTubeChapters.Write(chapters, result.DurationSeconds, stream);
                return TypedResults.Bytes(stream.ToArray(), "text/plain", $"{video.Stem}-breaks.txt");
            default:
                throw new StudioRequestException(
                    StatusCodes.Status400BadRequest, $"format must be csv, chapters or youtube; found '{RequestText.Short(format)}'.");
        }
    }

    private static async Task<Created<NormView>> AddAsync(
        [Description("What the file is called, for messages.")] string name, NormStore norms, HttpContext context)
    {
        RequestBody.Limit(context, null);
        KeptNorm kept = await norms.AddAsync(RequestText.Short(name), context.Request.Body, context.RequestAborted).ConfigureAwait(false);
        return TypedResults.Created($"/api/norms/{kept.Id}", NormView.Of(kept));
    }

    private static NoContent Delete(string id, NormStore norms)
    {
        norms.Delete(id);
        return TypedResults.NoContent();
    }

    private static BreakOptions Options(double? gap, int? count)
    {
        BreakOptions usual = new();
        return (gap ?? usual.GapSeconds, count ?? usual.Limit) is ( >= 0 and <= MostSeconds and double seconds, >= 1 and int limit)
            ? usual with { GapSeconds = seconds, Limit = limit }
            : throw new StudioRequestException(StatusCodes.Status400BadRequest, string.Create(
                CultureInfo.InvariantCulture, $"gap must be from 0 to {MostSeconds} and count at least 1; found {gap} and {count}."));
    }
}
