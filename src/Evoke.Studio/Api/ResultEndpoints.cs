using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Nodes;
using Evoke.Curves;
using Evoke.Pages.Drawing;
using Evoke.Studio.Errors;
using Evoke.Studio.Library;
using Evoke.Studio.Predictions;
using Evoke.Studio.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Evoke.Studio.Api;

/// <summary>Results: curves, moments, comparisons and exports.</summary>
internal static class ResultEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/models", (ModelShelf models) => TypedResults.Ok(models.Cards())).WithName("ListModels")
            .WithSummary("List the models, with their training data and scores.");
        api.MapGet("/videos/{id}/result", Result).WithName("GetResult").WithSummary("A result without its curves; if no model is given, the newest.");
        api.MapGet("/videos/{id}/curves", Curves).WithName("GetCurves")
            .WithSummary("The curves as little-endian float32, row-major [rows, emotions]; if hasSpread is true, then the standard deviation likewise.")
            .Produces<byte[]>(StatusCodes.Status200OK, "application/octet-stream");
        api.MapGet("/videos/{id}/thumbnail", ThumbnailAsync).WithName("GetThumbnail").WithSummary("A frame of the video at a given time, as JPEG.")
            .Produces<byte[]>(StatusCodes.Status200OK, "image/jpeg");
        api.MapGet("/videos/{id}/track", (string id, VideoLibrary library, FilmTrackShelf tracks) => TypedResults.Ok(tracks.Of(library.Get(id).Id)))
            .WithName("GetTrack").WithSummary("Where shots begin, how loud the sound is and where there is speech, as far as an analysis has found out.");
        api.MapGet("/videos/{id}/export/{format}", ExportAsync).WithName("ExportResult")
            .WithSummary("Export a result as a file. scheme: the ranges of the CSV file, if they are not from 0 to 1.")
            .AddOpenApiOperationTransformer(DescribeFormatsAsync)
            .Produces<byte[]>();
        api.MapGet("/compare", Compare).WithName("CompareVideos")
            .WithSummary("Two cuts on a common time axis, aligned by time or by content, with their difference.");
        api.MapGet("/compare/page", ComparePageAsync).WithName("ExportComparison")
            .WithSummary("A comparison as one page that works offline.").Produces<byte[]>(StatusCodes.Status200OK, "text/html");
    }

    private static Ok<ResultView> Result(string id, VideoLibrary library, ResultTable results, ModelShelf models, string? model = null)
    {
        ResultRecord result = Find(id, model, library, results);
        EmotionScheme scheme = result.ToScheme();
        return TypedResults.Ok(new ResultView(
            result.VideoId, result.Model, result.Created, result.DurationSeconds, result.Scheme, scheme.Ranges,
            !scheme.FollowsFromNames, [.. result.Scheme.Select(name => EmotionGroups.Of(name).ToString().ToLowerInvariant())], [.. EmotionColours.Of(scheme)],
            result.Rate, result.Rows, result.Spread is not null, result.Details, models.HasChangedSince(result),
            ResultExports.Refused(ResultDocument.Of(library.Get(id), result))));
    }

    private static Task DescribeFormatsAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        if (operation.Parameters?.SingleOrDefault(parameter => parameter.Name == "format")?.Schema is OpenApiSchema format)
        {
            format.Enum = [.. ExportFormats.All.Select(name => JsonValue.Create(name))];
        }

        return Task.CompletedTask;
    }

    private static FileContentHttpResult Curves(string id, VideoLibrary library, ResultTable results, string? model = null)
    {
        ResultRecord result = Find(id, model, library, results);
        return TypedResults.Bytes(
            result.Spread is null ? ResultTable.Bytes(result.Curves) : [.. ResultTable.Bytes(result.Curves), .. ResultTable.Bytes(result.Spread)],
            "application/octet-stream", lastModified: result.Created);
    }

    private static async Task<FileContentHttpResult> ThumbnailAsync(
        string id, [Description("Seconds from the start of the picture.")] double at, VideoLibrary library, ThumbnailStore thumbnails, HttpContext context,
        [Description("Width in pixels, 16 to 640.")] int width = 184)
    {
        IReadOnlyList<byte[]> jpeg = await thumbnails.GetAsync(library.Get(id), [at], width, context.RequestAborted).ConfigureAwait(false);
        context.Response.Headers.CacheControl = "private, max-age=86400";
        return TypedResults.Bytes(jpeg[0], "image/jpeg");
    }

    private static async Task<FileContentHttpResult> ExportAsync(
        string id, string format, VideoLibrary library, ResultTable results, ResultExports exports, NormChoices norms, HttpContext context,
        string? model = null,
        [Description("edl, markers and premiere: true to start at the timecode of the file's first frame, if it has one.")] bool ownTimecode = false,
        [Description("json and html. " + NormChoices.Described)] string? norm = null)
    {
        VideoRecord video = library.Get(id);
        ResultRecord result = Find(id, model, library, results);
        (byte[] bytes, string type, string ending) = await exports.MakeAsync(
            video, result, format, ownTimecode, norms.Find(norm, result.Model), context.RequestAborted).ConfigureAwait(false);
        return TypedResults.Bytes(bytes, type, video.Stem + ending);
    }

    private static Ok<ComparisonView> Compare(
        [Description("Id of the video whose clock is used.")] string first, [Description("Id of the other video.")] string second,
        VideoLibrary library, ResultTable results, ComparisonMaker comparisons, string? model = null, [Description("time or content.")] string align = "time")
    {
        ResultRecord one = Find(first, model, library, results);
        ResultRecord other = Find(second, one.Model, library, results);
        return TypedResults.Ok(comparisons.Make(one, other, align));
    }

    private static async Task<FileContentHttpResult> ComparePageAsync(
        [Description("Id of the video whose clock is used.")] string first, [Description("Id of the other video.")] string second,
        VideoLibrary library, ResultTable results, ComparisonMaker comparisons, ResultExports exports, HttpContext context, string? model = null,
        [Description("time or content.")] string align = "time")
    {
        (VideoRecord video, VideoRecord other) = (library.Get(first), library.Get(second));
        ResultRecord one = Find(first, model, library, results);
        ComparisonView comparison = comparisons.Make(one, Find(second, one.Model, library, results), align);
        byte[] page = await exports.ComparisonAsync(video, one, other, comparison, context.RequestAborted).ConfigureAwait(false);
        return TypedResults.Bytes(page, "text/html", $"{video.Stem} and {other.Stem}.html");
    }

    /// <summary>The result of a model for a video; without a model, the newest.</summary>
    /// <exception cref="StudioRequestException">There is no such video, or it has no such result (404).</exception>
    public static ResultRecord Find(string id, string? model, VideoLibrary library, ResultTable results)
    {
        VideoRecord video = library.Get(id);
        return results.Find(id, model) ?? throw new StudioRequestException(StatusCodes.Status404NotFound, string.Create(CultureInfo.InvariantCulture,
            $"'{video.Name}' has no result{(model is null ? string.Empty : $" from the model '{model}'")} yet."));
    }
}
