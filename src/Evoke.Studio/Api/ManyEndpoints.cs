using System.ComponentModel;
using Evoke.Studio.Errors;
using Evoke.Studio.Jobs;
using Evoke.Studio.Library;
using Evoke.Studio.Predictions;
using Evoke.Studio.Storage;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evoke.Studio.Api;

/// <summary>Analyses, exports and scores of many videos at once.</summary>
internal static class ManyEndpoints
{
    private const string Ids = "Only these videos, in this order: ids, separated by commas.";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/analyses", Analyse).WithName("AnalyseVideos")
            .WithSummary("Queue the analysis of several videos, or of all, with a model: of all that it has not analysed yet.");
        api.MapGet("/export", Export).WithName("ExportVideos").WithSummary("Export the results of several videos as one ZIP file, in one or more formats.")
            .Produces<byte[]>(StatusCodes.Status200OK, "application/zip");
        api.MapGet("/scores", Scores).WithName("GetScores")
            .WithSummary("The videos that a model has analysed, by their scores and the numbers of their summaries.");
        api.MapGet("/scores.csv", ScoresAsCsv).WithName("ExportScores")
            .WithSummary("The table of scores as CSV.").Produces<byte[]>(StatusCodes.Status200OK, "text/csv");
    }

    private static Accepted<AnalysesView> Analyse(AnalyseVideosRequest request, VideoLibrary library, VideoTable all, ResultTable results, JobControl queue)
    {
        IReadOnlyList<VideoRecord> videos = request.Videos is null ? all.All() : library.GetAll(request.Videos);
        string model = queue.NameOf(request.Model);
        IReadOnlyDictionary<string, ResultSummary> done = results.Newest(model);
        string[] wanted = [.. videos.Select(video => video.Id).Where(id => request.Again || !done.ContainsKey(id))];
        int queued = queue.AnalyseAll(wanted, model);
        return TypedResults.Accepted("/api/queue", new AnalysesView(queued, videos.Count - wanted.Length, wanted.Length - queued));
    }

    private static Ok<VideoScoreTable> Scores(
        ScoreTables tables, VideoLibrary library, VideoTable all, [Description(Ids)] string? videos = null, string? model = null,
        [Description(NormChoices.Described)] string? norm = null) => TypedResults.Ok(tables.Of(Some(videos, library, all), model, norm));

    private static FileContentHttpResult ScoresAsCsv(
        ScoreTables tables, VideoLibrary library, VideoTable all, [Description(Ids)] string? videos = null, string? model = null,
        [Description(NormChoices.Described)] string? norm = null) =>
        TypedResults.Bytes(ScoreTables.Csv(tables.Of(Some(videos, library, all), model, norm)), "text/csv", "scores.csv");

    private static PushStreamHttpResult Export(
        VideoLibrary library, VideoTable all, ResultTable results, ExportArchive archive, HttpContext context, [Description(Ids)] string? videos = null,
        [Description("csv, scheme, json, vtt, png, html, edl, markers or elan; several are separated by commas.")] string formats = "csv",
        [Description("Only results from this model; by default the newest result of each video.")] string? model = null)
    {
        IReadOnlyList<VideoRecord> wanted = Some(videos, library, all);
        string[] chosen = [.. formats.Split(',').Distinct()];
        if (chosen.FirstOrDefault(format => !ExportFormats.All.Contains(format)) is string unknown)
        {
            throw ResultExports.NoSuch(unknown);
        }

        IReadOnlyDictionary<string, ResultSummary> there = results.Newest(model);
        if (!wanted.Any(video => there.ContainsKey(video.Id)))
        {
            throw new StudioRequestException(StatusCodes.Status404NotFound,
                $"None of these videos has a result{(model is null ? string.Empty : $" from the model '{RequestText.Short(model)}'")} yet.");
        }

        // A ZIP archive writes the end of each entry synchronously: a few bytes.
        context.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
        return TypedResults.Stream(
            stream => archive.WriteAsync(wanted, chosen, model, stream, context.RequestAborted), "application/zip", "evoke-export.zip");
    }

    private static IReadOnlyList<VideoRecord> Some(string? ids, VideoLibrary library, VideoTable all) =>
        ids is null ? all.All() : library.GetAll(ids.Split(',', StringSplitOptions.RemoveEmptyEntries));
}
