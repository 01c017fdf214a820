using System.ComponentModel;
using Evoke.Media.Videos;
using Evoke.Studio.Disk;
using Evoke.Studio.Errors;
using Evoke.Studio.Library;
using Evoke.Studio.Security;
using Evoke.Studio.Storage;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evoke.Studio.Api;

/// <summary>The library: add, list, view and delete videos.</summary>
internal static class LibraryEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/videos", List).WithName("ListVideos").WithSummary("List the videos, with search and sort.");
        api.MapPost("/videos", Add).WithName("AddVideos").WithSummary("Add a file, or every video in a folder, below a root folder.");
        api.MapPost("/uploads", UploadAsync).WithName("UploadVideo").WithSummary("Add a video by sending its bytes as the body.")
            .Accepts<Stream>("application/octet-stream");
        api.MapGet("/videos/{id}", Get).WithName("GetVideo").WithSummary("One video.");
        api.MapDelete("/videos/{id}", Delete).WithName("DeleteVideo")
            .WithSummary("Remove a video from the library. If its uploaded file is kept, the response gives its path.");
        api.MapGet("/videos/{id}/media", Media).WithName("GetMedia").WithSummary("The file itself, with byte ranges.")
            .Produces<byte[]>(StatusCodes.Status200OK, "application/octet-stream");
        api.MapGet("/videos/{id}/preview", Preview).WithName("GetPreview").WithSummary("The small copy for playback in browsers, with byte ranges.")
            .Produces<byte[]>(StatusCodes.Status200OK, "video/mp4");
        api.MapGet("/folders", Folders).WithName("ListFolder").WithSummary("List the files and folders that can be added from this machine.");
    }

    private static Ok<IEnumerable<VideoView>> List(
        VideoViews views,
        [Description("Only videos whose name contains this text.")] string? search = null,
        [Description("added, name, duration, mean or peak.")] string sort = "added",
        [Description("For mean and peak: the emotion to sort by.")] string? emotion = null,
        [Description("asc or desc.")] string order = "desc",
        [Description("Only results from this model.")] string? model = null,
        [Description("The emotion of the sparklines; by default the first of each result.")] string? line = null) =>
        TypedResults.Ok(VideoOrder.Sort(views.All(search, model, line), sort, emotion, order));

    private static Created<IReadOnlyList<VideoView>> Add(AddPathRequest request, VideoLibrary library, VideoViews views)
    {
        string path = request.Path ?? throw new StudioRequestException(
            StatusCodes.Status400BadRequest, "The path is missing: the body of this call is like {\"path\": \"/videos/film.mp4\"}.");
        IReadOnlyList<VideoRecord> added = library.AddPath(path, request.Model);
        return TypedResults.Created("/api/videos", (IReadOnlyList<VideoView>)[.. added.Select(views.Of)]);
    }

    private static async Task<Created<VideoView>> UploadAsync(
        [Description("The display name of the file.")] string name, HttpContext context, VideoLibrary library, VideoViews views, string? model = null)
    {
        // Studio checks the size of the body itself, with its own message, instead of the server's general limit.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        VideoRecord video = await library.UploadAsync(name, context.Request.Body, context.Request.ContentLength, model, context.RequestAborted)
            .ConfigureAwait(false);
        return TypedResults.Created($"/api/videos/{video.Id}", views.Of(video));
    }

    private static Ok<VideoView> Get(string id, VideoLibrary library, VideoViews views) => TypedResults.Ok(views.Of(library.Get(id)));

    private static Results<Ok<KeptFileView>, NoContent> Delete(
        string id, VideoLibrary library, [Description("True to delete an uploaded file too; false to keep it.")] bool file = false) =>
        library.Delete(id, file) is string kept ? TypedResults.Ok(new KeptFileView(kept)) : TypedResults.NoContent();

    private static PhysicalFileHttpResult Media(string id, VideoLibrary library, VideoAccess access)
    {
        VideoRecord video = library.Get(id);
        return TypedResults.PhysicalFile(access.OpenablePath(video), MediaType.Of(video.Name), enableRangeProcessing: true,
            lastModified: File.GetLastWriteTimeUtc(video.Path));
    }

    private static PhysicalFileHttpResult Preview(string id, VideoLibrary library, AnalysisFiles files)
    {
        VideoRecord video = library.Get(id);
        return video.PreviewBytes is null
            ? throw new StudioRequestException(StatusCodes.Status404NotFound, $"'{video.Name}' has no preview. POST to this address to make one.")
            : TypedResults.PhysicalFile(files.PreviewPath(id), "video/mp4", enableRangeProcessing: true);
    }

    private static Ok<FolderView> Folders(RootFolders roots, string? path = null)
    {
        if (path is null)
        {
            return TypedResults.Ok(new FolderView(null, null, roots.Paths, []));
        }

        string real = roots.Resolve(path);
        if (!Directory.Exists(real))
        {
            throw new StudioRequestException(StatusCodes.Status400BadRequest, $"'{path}' is not a folder.");
        }

        EnumerationOptions options = new() { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System };
        return TypedResults.Ok(new FolderView(
            real,
            System.IO.Path.GetDirectoryName(real) is string parent && roots.IsInside(parent) ? parent : null,
            [.. Directory.EnumerateDirectories(real, "*", options).Order(StringComparer.Ordinal)],
            [.. Directory.EnumerateFiles(real, "*", options).Where(VideoFiles.IsMediaName).Order(StringComparer.Ordinal)]));
    }
}
