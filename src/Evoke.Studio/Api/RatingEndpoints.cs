using System.ComponentModel;
using Evoke.Curves;
using Evoke.Curves.Export;
using Evoke.Studio.Disk;
using Evoke.Studio.Errors;
using Evoke.Studio.Library;
using Evoke.Studio.Predictions;
using Evoke.Studio.Storage;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Evoke.Studio.Api;

/// <summary>What viewers said of a video: give, view and remove ratings.</summary>
internal static class RatingEndpoints
{
    private const string Form = "multipart/form-data";
    private const string Model = "Only a result from this model; null for the newest.";
    private const long FormOverhead = 1L << 20; // bytes: the names of the files

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPut("/videos/{id}/ratings", GiveAsync).WithName("GiveRatings")
            .WithSummary("Give a video ratings, in place of those that it has: files in any form that 'evoke dataset import' reads, or those of a data set.")
            .AddOpenApiOperationTransformer(DescribeFormAsync);
        api.MapGet("/videos/{id}/ratings", GetAsync).WithName("GetRatings")
            .WithSummary("What viewers said of a video, without the curves, and how far a result agrees with it.");
        api.MapGet("/videos/{id}/ratings/curves", CurvesAsync).WithName("GetRatingCurves")
            .WithSummary("The mean of the raters on the rows of a result, in the layout of its curves, NaN where there is none; if hasSpread is true, then "
                + "their standard deviation likewise.")
            .Produces<byte[]>(StatusCodes.Status200OK, "application/octet-stream");
        api.MapPatch("/videos/{id}/ratings", ChangeAsync).WithName("ChangeRatings").WithSummary("Read the ratings of a video with another lag.");
        api.MapDelete("/videos/{id}/ratings", RemoveAsync).WithName("RemoveRatings").WithSummary("Remove the ratings of a video, with their files.");
    }

    private static async Task<Ok<RatingsView>> GiveAsync(
        string id, HttpContext context, VideoLibrary library, VideoRatings ratings, RatingShelf shelf, ResultTable results,
        [Description("How late raters answered, in seconds, from 0 to 60: everything is moved earlier by this.")] double lag = 0,
        [Description("The name that the ratings have for the video, if it is not the video's own.")] string? ratedAs = null,
        [Description(Model)] string? model = null)
    {
        VideoRecord video = library.Get(id);
        await ratings.GiveAsync(video, await FilesAsync(context).ConfigureAwait(false), lag, ratedAs, context.RequestAborted).ConfigureAwait(false);
        return TypedResults.Ok(await ViewAsync(video, shelf, results, model, context.RequestAborted).ConfigureAwait(false));
    }

    private static async Task<Ok<RatingsView>> GetAsync(
        string id, VideoLibrary library, RatingShelf shelf, ResultTable results, CancellationToken cancellation, [Description(Model)] string? model = null) =>
        TypedResults.Ok(await ViewAsync(library.Get(id), shelf, results, model, cancellation).ConfigureAwait(false));

    private static async Task<FileContentHttpResult> CurvesAsync(
        string id, VideoLibrary library, RatingShelf shelf, ResultTable results, CancellationToken cancellation, [Description(Model)] string? model = null)
    {
        VideoRecord video = library.Get(id);
        ResultRecord result = ResultEndpoints.Find(id, model, library, results);
        ReadRatings ratings = await FindAsync(video, shelf, cancellation).ConfigureAwait(false);
        PredictionDocument document = ResultDocument.Of(video, result);
        ratings.Labels.ThrowIfNothingIsPredicted(document.Curves.Scheme);
        PredictionDocument rated = ratings.Labels.AddTo(document);
        byte[] mean = ResultTable.Bytes(rated.Labels!.WithMissingGaps().Values);
        EmotionCurves? spread = rated.LabelComparison!.Spread;
        return TypedResults.Bytes(spread is null ? mean : [.. mean, .. ResultTable.Bytes(spread.Values)], "application/octet-stream");
    }

    private static async Task<Ok<RatingsView>> ChangeAsync(
        string id, ChangeRatingsRequest request, VideoLibrary library, VideoRatings ratings, RatingShelf shelf, ResultTable results,
        CancellationToken cancellation, [Description(Model)] string? model = null)
    {
        VideoRecord video = library.Get(id);
        double lag = request.LagSeconds ?? throw new StudioRequestException(
            StatusCodes.Status400BadRequest, "The lag is missing: the body of this call is like {\"lagSeconds\": 3}.");
        await ratings.ChangeLagAsync(video, lag, cancellation).ConfigureAwait(false);
        return TypedResults.Ok(await ViewAsync(video, shelf, results, model, cancellation).ConfigureAwait(false));
    }

    private static async Task<NoContent> RemoveAsync(string id, VideoLibrary library, VideoRatings ratings, CancellationToken cancellation)
    {
        await ratings.RemoveAsync(library.Get(id), cancellation).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    private static async Task<ReadRatings> FindAsync(VideoRecord video, RatingShelf shelf, CancellationToken cancellation) =>
        await shelf.FindAsync(video.Id, cancellation).ConfigureAwait(false) ?? throw VideoRatings.NoneOf(video);

    private static async Task<RatingsView> ViewAsync(
        VideoRecord video, RatingShelf shelf, ResultTable results, string? model, CancellationToken cancellation)
    {
        ReadRatings ratings = await FindAsync(video, shelf, cancellation).ConfigureAwait(false);
        RatingRecord record = ratings.Record;
        return new RatingsView(
            record.Name, record.Files, record.Bytes, record.Given, record.RatedAs, record.LagSeconds, ratings.Labels.Scheme.Names, ratings.Labels.Notes,
            results.Find(video.Id, model) is ResultRecord result ? ComparisonOf(video, ratings, result) : null);
    }

    private static RatingComparisonView ComparisonOf(VideoRecord video, ReadRatings ratings, ResultRecord result)
    {
        PredictionDocument document = ResultDocument.Of(video, result);
        EmotionScheme predicted = document.Curves.Scheme, rated = ratings.Labels.Scheme;
        PredictionDocument? found = ratings.Labels.HasAnyOf(predicted) ? ratings.Labels.AddTo(document) : null;
        return new RatingComparisonView(
            result.Model, ratings.Labels.Source, found?.LabelComparison?.Spread is not null, found?.LabelComparison?.Scores ?? [],
            [.. rated.Names.Where(name => predicted.IndexOf(name) < 0)], [.. predicted.Names.Where(name => rated.IndexOf(name) < 0)],
            [.. found?.Warnings.Skip(document.Warnings.Count) ?? []]);
    }

    // All of it is in memory: it is small, and nothing of it is on disk before its size and its names were checked.
    private static async Task<IReadOnlyList<IFormFile>> FilesAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (request.ContentType?.StartsWith(Form, StringComparison.OrdinalIgnoreCase) != true)
        {
            throw new StudioRequestException(
                StatusCodes.Status415UnsupportedMediaType, $"The body of this call must be {Form}, with a file of ratings or several.");
        }

        long most = RatingStore.MostBytes + FormOverhead;
        RequestBody.Limit(context, request.ContentLength > most ? null : most); // of a body of unknown length the server counts the bytes
        RatingStore.ThrowIfTooLarge((request.ContentLength ?? 0) - FormOverhead);

        FormOptions options = new()
        {
            ValueCountLimit = RatingStore.MostFiles,
            MultipartBodyLengthLimit = RatingStore.MostBytes,
            MemoryBufferThreshold = (int)RatingStore.MostBytes,
        };
        try
        {
            return (await request.ReadFormAsync(options, context.RequestAborted).ConfigureAwait(false)).Files;
        }
        catch (Exception error) when (error is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new StudioRequestException(StatusCodes.Status400BadRequest, $"The body of this call is not a complete form with files: {error.Message}");
        }
    }

    private static Task DescribeFormAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        OpenApiSchema files = new()
        {
            Type = JsonSchemaType.Array,
            Items = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" },
            Description = "The files; the name of each may have folders, with '/'.",
        };
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [Form] = new()
                {
                    Schema = new OpenApiSchema
                    {
                        Type = JsonSchemaType.Object,
                        Required = new HashSet<string> { "files" },
                        Properties = new Dictionary<string, IOpenApiSchema> { ["files"] = files },
                    },
                },
            },
        };
        return Task.CompletedTask;
    }
}
