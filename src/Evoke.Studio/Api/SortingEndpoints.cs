using Evoke.Studio.Disk;
using Evoke.Studio.Library;
using Evoke.Studio.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evoke.Studio.Api;

/// <summary>Many videos at once: tags, and removing with a way back.</summary>
internal static class SortingEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/tags", (TagTable tags) => TypedResults.Ok(tags.All())).WithName("ListTags")
            .WithSummary("The tags in use, with the number of their videos.");
        api.MapPost("/tags", Tag).WithName("TagVideos").WithSummary("Give several videos tags, or take tags from them.");
        api.MapGet("/removed", (UndoableRemovals removals, UploadStore uploads) => TypedResults.Ok(Views(removals.All(), removals, uploads)))
            .WithName("ListRemoved").WithSummary("The removed videos that can still be put back.");
        api.MapPost("/removed", Remove).WithName("RemoveVideos")
            .WithSummary("Remove videos from the library in such a way that they can be put back for a while.");
        api.MapPost("/removed/restore", PutBack).WithName("PutBackVideos").WithSummary("Put removed videos back, with their results.");
        api.MapDelete("/removed", DeleteAll).WithName("DeleteRemoved").WithSummary("Delete all removed videos now; they can no longer be put back.");
    }

    private static NoContent Tag(TagVideosRequest request, VideoLibrary library, VideoTags tags)
    {
        tags.Change(library.GetAll(request.Videos), VideoName.Tags(request.Add), VideoName.Tags(request.Remove));
        return TypedResults.NoContent();
    }

    private static Ok<IEnumerable<RemovedView>> Remove(RemoveVideosRequest request, VideoLibrary library, UndoableRemovals removals, UploadStore uploads) =>
        TypedResults.Ok(Views(removals.Remove(library.GetAll(request.Videos), request.File), removals, uploads));

    private static Ok<IEnumerable<VideoView>> PutBack(PutBackRequest request, VideoLibrary library, UndoableRemovals removals, VideoViews views)
    {
        VideoLibrary.ThrowIfNone(request.Videos);
        removals.PutBack([.. request.Videos.Distinct(StringComparer.Ordinal)]);
        return TypedResults.Ok(library.GetAll(request.Videos).Select(video => views.Of(video)));
    }

    private static NoContent DeleteAll(VideoLibrary library, UndoableRemovals removals)
    {
        foreach (RemovedRecord removed in removals.All())
        {
            library.DeleteForGood(removed.Video, removed.FileGoes);
        }

        return TypedResults.NoContent();
    }

    private static IEnumerable<RemovedView> Views(IReadOnlyList<RemovedRecord> all, UndoableRemovals removals, UploadStore uploads) => all.Select(removed =>
        new RemovedView(
            removed.Video.Id, removed.Video.Name, removed.Since, removals.Until(removed),
            removed.Video.Owned && !removed.FileGoes ? uploads.KeptPath(removed.Video) : null));
}
