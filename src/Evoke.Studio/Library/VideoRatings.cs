using System.Globalization;
using Evoke.Studio.Disk;
using Evoke.Studio.Errors;
using Evoke.Studio.Jobs;
using Evoke.Studio.Predictions;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Library;

/// <summary>Gives videos ratings, and takes them away again.</summary>
internal sealed class VideoRatings(
    RatingTable table, RatingStore store, RatingShelf shelf, StorageQuota quota, VideoLibrary library, JobEvents events)
{
    private const double LongestLag = 60; // seconds, as 'evoke predict --lag'

    /// <summary>Gives a video ratings, in place of those that it has. Nothing changes if they cannot be read or are not of this video.</summary>
    /// <param name="video">The video.</param>
    /// <param name="uploads">Files of ratings, or the files of a data set.</param>
    /// <param name="lagSeconds">How late raters answered, in seconds.</param>
    /// <param name="ratedAs">What the ratings call the video; null to find it by its name.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="StudioRequestException">The lag or a file's name is not allowed (400), the files are too large (413), have mistakes or are not of this
    /// video (422), or the quota is full (507).</exception>
    public async Task GiveAsync(
        VideoRecord video, IReadOnlyList<IFormFile> uploads, double lagSeconds, string? ratedAs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(video);
        ThrowIfNoLag(lagSeconds);
        long bytes = uploads.Sum(upload => upload.Length);
        RatingStore.ThrowIfTooLarge(bytes);
        library.MakeRoom(bytes);
        using StorageQuota.Claim claim = quota.Begin();
        claim.GrowTo(bytes);
        StoredRatings stored = await store.SaveAsync(video.Id, uploads, cancellation).ConfigureAwait(false);
        bool isKept = false;
        try
        {
            isKept = await shelf.InTurnAsync(() => Set(video, stored, lagSeconds, ratedAs, claim, cancellation), cancellation).ConfigureAwait(false);
        }
        finally
        {
            if (!isKept)
            {
                store.Delete(video.Id, stored.Folder);
            }
        }

        events.Publish(new ChangedVideo(video.Id));
    }

    /// <summary>Reads the ratings of a video with another lag from now on.</summary>
    /// <exception cref="StudioRequestException">The video has no ratings (404), the lag is not allowed (400), or nothing is left of the ratings
    /// (422).</exception>
    public async Task ChangeLagAsync(VideoRecord video, double lagSeconds, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(video);
        ThrowIfNoLag(lagSeconds);
        await shelf.InTurnAsync(
            () =>
            {
                RatingRecord ratings = Get(video);
                StoredRatings stored = new(ratings.Folder, ratings.Name, ratings.Files, ratings.Bytes);
                shelf.NameIn(video, stored, lagSeconds, ratings.RatedAs, cancellation);
                return table.Set(ratings with { LagSeconds = lagSeconds });
            },
            cancellation).ConfigureAwait(false);
        events.Publish(new ChangedVideo(video.Id));
    }

    /// <summary>Takes its ratings from a video, and deletes their files.</summary>
    /// <exception cref="StudioRequestException">The video has no ratings (404).</exception>
    public async Task RemoveAsync(VideoRecord video, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(video);
        await shelf.InTurnAsync(
            () =>
            {
                RatingRecord ratings = Get(video);
                table.Delete(video.Id);
                quota.Release(ratings.Bytes);
                store.Delete(video.Id, ratings.Folder);
                return true;
            },
            cancellation).ConfigureAwait(false);
        events.Publish(new ChangedVideo(video.Id));
    }

    /// <summary>The error of a video without ratings.</summary>
    public static StudioRequestException NoneOf(VideoRecord video) => new(StatusCodes.Status404NotFound, $"'{video.Name}' has no ratings.");

    private RatingRecord Get(VideoRecord video) => table.Find(video.Id) ?? throw NoneOf(video);

    private bool Set(
        VideoRecord video, StoredRatings stored, double lagSeconds, string? ratedAs, StorageQuota.Claim claim, CancellationToken cancellation)
    {
        (bool isStored, RatingRecord? before) = table.Set(new RatingRecord
        {
            VideoId = video.Id,
            Folder = stored.Folder,
            Name = stored.Name,
            Files = stored.Files,
            Bytes = stored.Bytes,
            RatedAs = shelf.NameIn(video, stored, lagSeconds, ratedAs, cancellation),
            LagSeconds = lagSeconds,
            Given = DateTimeOffset.UtcNow,
        });
        if (!isStored)
        {
            throw new StudioRequestException(StatusCodes.Status404NotFound, $"'{video.Name}' was removed meanwhile.");
        }

        claim.Keep(stored.Bytes);
        if (before is not null)
        {
            quota.Release(before.Bytes);
            store.Delete(video.Id, before.Folder);
        }

        return true;
    }

    private static void ThrowIfNoLag(double lagSeconds)
    {
        if (lagSeconds is not (>= 0 and <= LongestLag))
        {
            throw new StudioRequestException(StatusCodes.Status400BadRequest,
                string.Create(CultureInfo.InvariantCulture, $"A lag is from 0 to {LongestLag} seconds; found {lagSeconds}."));
        }
    }
}
