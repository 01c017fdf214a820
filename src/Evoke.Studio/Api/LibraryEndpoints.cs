using System.ComponentModel;
using Evoke.Media.Videos;
using Evoke.Studio.Disk;
using Evoke.Studio.Errors;
using Evoke.Studio.Library;
using Evoke.Studio.Security;
using Evoke.Studio.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evoke.Studio.Api;

/// <summary>The library: add, list, view and delete videos.</summary>
internal static class LibraryEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/videos", List).WithName("ListVideos").WithSummary("List the videos, with search and sort.");
        api.MapPost("/videos", AddAsync).WithName("AddVideos").WithSummary("Add a file, or every video in a folder, below a root folder.");
        api.MapPost("/uploads", UploadAsync).WithName("UploadVideo").WithSummary("Add a video by sending its bytes as the body.")
            .Accepts<Stream>("application/octet-stream");
        api.MapGet("/same", SameAsync).WithName("FindSame").WithSummary("The videos whose file is the same as one that may be added.");
        api.MapGet("/videos/{id}", Get).WithName("GetVideo").WithSummary("One video.");
        api.MapPatch("/videos/{id}", Change).WithName("ChangeVideo").WithSummary("Give a video another name or other tags.");
        api.MapDelete("/videos/{id}", Delete).WithName("DeleteVideo")
            .WithSummary("Remove a video from the library at once and for good. If its uploaded file is kept, the response gives its path.");
        api.MapGet("/videos/{id}/media", Media).WithName("GetMedia").WithSummary("The file itself, with byte ranges.")
            .Produces<byte[]>(StatusCodes.Status200OK, "application/octet-stream");
        api.MapGet("/videos/{id}/preview", Preview).WithName("GetPreview").WithSummary("The small copy for playback in browsers, with byte ranges.")
            .Produces<byte[]>(StatusCodes.Status200OK, "video/mp4");
        api.MapGet("/folders", Folders).WithName("ListFolder").WithSummary("List the files and folders that can be added from this machine.");
    }

    private static Ok<IEnumerable<VideoView>> List(
        VideoViews views,
        [Description("Only these videos: ids, separated by commas.")] string? ids = null,
        [Description("Only videos whose name contains this text.")] string? search = null,
        [Description("Only videos that have this tag.")] string? tag = null,
        [Description("added, name, duration, mean or peak.")] string sort = "added",
        [Description("For mean and peak: the emotion to sort by.")] string? emotion = null,
        [Description("asc or desc.")] string order = "desc",
        [Description("Only results from this model.")] string? model = null,
        [Description("The emotion of the sparklines; by default the first of each result.")] string? line = null) =>
        TypedResults.Ok(VideoOrder.Sort(
            (ids is null ? views.All(search, model, line) : views.Of(ids.Split(','), model, line))
                .Where(video => tag is null || video.Tags.Contains(tag, StringComparer.OrdinalIgnoreCase)),
            sort, emotion, order));

    private static async Task<Created<IReadOnlyList<VideoView>>> AddAsync(
        AddPathRequest request, VideoLibrary library, VideoViews views, CancellationToken cancellation)
    {
        string path = request.Path ?? throw new StudioRequestException(
            StatusCodes.Status400BadRequest, "The path is missing: the body of this call is like {\"path\": \"/videos/film.mp4\"}.");
        bool reuse = IsOther(request.Same ?? "add", "reuse");
        IReadOnlyList<VideoRecord> added = await library.AddPathAsync(path, request.Model, reuse, cancellation).ConfigureAwait(false);
        return TypedResults.Created("/api/videos", (IReadOnlyList<VideoView>)[.. added.Select(video => views.Of(video))]);
    }

    private static async Task<Created<VideoView>> UploadAsync(
        [Description("The display name of the file.")] string name, HttpContext context, VideoLibrary library, VideoViews views, string? model = null,
        [Description("Of a file that is the same as that of a video in the library: add it, or refuse it (409; sameAs is the id of that video).")]
        string same = "add")
    {
        bool refuse = IsOther(same, "refuse");
        RequestBody.Limit(context, null);
        VideoRecord video = await library.UploadAsync(name, context.Request.Body, context.Request.ContentLength, model, refuse, context.RequestAborted)
            .ConfigureAwait(false);
        return TypedResults.Created($"/api/videos/{video.Id}", views.Of(video));
    }

    // True for the other word, false for "add".
    private static bool IsOther(string same, string other) => same == other || (same == "add" ? false : throw new StudioRequestException(
        StatusCodes.Status400BadRequest, $"same must be add or {other}; found '{RequestText.Short(same)}'."));

    private static async Task<Ok<IEnumerable<VideoView>>> SameAsync(
        SameVideos same, VideoViews views, HttpContext context, [Description("The size of a file in bytes.")] long bytes,
        [Description("SHA-256, in hexadecimal digits, of its first, middle and last 64 KiB, one after the other, or of all of a file no longer than these.")]
        string sample) =>
        TypedResults.Ok((await same.LikeAsync(bytes, sample, context.RequestAborted).ConfigureAwait(false)).Select(video => views.Of(video)));

    private static Ok<VideoView> Get(string id, VideoLibrary library, VideoViews views) => TypedResults.Ok(views.Of(library.Get(id)));

    private static Ok<VideoView> Change(string id, ChangeVideoRequest request, VideoLibrary library, VideoTags tags, VideoViews views)
    {
        VideoRecord video = library.Get(id);
        IReadOnlyList<string>? wanted = request.Tags is null ? null : VideoName.Tags(request.Tags);
        if (request.Name is not null)
        {
            library.Rename(id, request.Name);
        }

        if (wanted is not null)
        {
            tags.Set(video, wanted);
        }

        return TypedResults.Ok(views.Of(library.Get(id)));
    }

    private static Results<Ok<KeptFileView>, NoContent> Delete(
        string id, VideoLibrary library, [Description("True to delete an uploaded file too; false to keep it.")] bool file = false) =>
        library.Delete(id, file) is string kept ? TypedResults.Ok(new KeptFileView(kept)) : TypedResults.NoContent();

    private static PhysicalFileHttpResult Media(string id, VideoLibrary library, VideoAccess access)
    {
        VideoRecord video = library.Get(id);
        return TypedResults.PhysicalFile(access.OpenablePath(video), MediaType.Of(video.FileName), enableRangeProcessing: true,
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
