using Evoke.Studio.Errors;
using Evoke.Studio.Jobs;
using Evoke.Studio.Options;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Library;

/// <summary>Removes videos from the library in such a way that they can be put back for a while, also after a restart.</summary>
internal sealed class UndoableRemovals(StudioOptions options, VideoTable videos, JobTable jobs, JobControl queue, JobEvents events)
{
    /// <summary>The videos that can be put back, the first removed first.</summary>
    public IReadOnlyList<RemovedRecord> All() => videos.Removed();

    /// <summary>Until when a removed video can be put back, UTC.</summary>
    public DateTimeOffset Until(RemovedRecord removed) => removed.Since + options.UndoTime;

    /// <summary>Removes videos: nobody sees them any more, and their jobs are cancelled. Their files stay where they are.</summary>
    /// <param name="wanted">Videos of the library.</param>
    /// <param name="fileGoes">What becomes of uploaded files once the videos can no longer be put back: true to delete them, false to keep them.</param>
    public IReadOnlyList<RemovedRecord> Remove(IReadOnlyList<VideoRecord> wanted, bool fileGoes)
    {
        List<RemovedRecord> removed = [];
        foreach (VideoRecord video in wanted)
        {
            RemovedRecord gone = new(video, DateTimeOffset.UtcNow, fileGoes && video.Owned);
            if (videos.Remove(video.Id, gone.Since, gone.FileGoes))
            {
                events.Publish(new RemovedVideo(video.Id));
                queue.CancelAllOf(video.Id);
                removed.Add(gone);
            }
        }

        return removed;
    }

    /// <summary>Puts videos back, with their results; what was cancelled when they were removed is queued again.</summary>
    /// <param name="ids">Ids of removed videos.</param>
    /// <exception cref="StudioRequestException">One of them can no longer be put back (404); none is then.</exception>
    public void PutBack(IReadOnlyList<string> ids)
    {
        Dictionary<string, RemovedRecord> all = All().ToDictionary(removed => removed.Video.Id);
        if (ids.FirstOrDefault(id => !all.ContainsKey(id)) is string gone)
        {
            throw new StudioRequestException(StatusCodes.Status404NotFound, $"The video '{RequestText.Short(gone)}' is not among those that can be put back.");
        }

        foreach (string id in ids)
        {
            PutBack(all[id]);
        }
    }

    /// <summary>Puts one video back.</summary>
    public void PutBack(RemovedRecord removed)
    {
        ArgumentNullException.ThrowIfNull(removed);
        if (!videos.PutBack(removed.Video.Id))
        {
            return;
        }

        events.Publish(new ChangedVideo(removed.Video.Id));
        foreach (JobRecord job in jobs.NewestOf(removed.Video.Id).Where(job => job.State == JobState.Cancelled && job.Ended >= removed.Since))
        {
            try
            {
                queue.Retry(job.Id);
            }
            catch (StudioRequestException)
            {
                // The queue is full, or the model has gone: the video says that its analysis was cancelled, and users can try again.
            }
        }
    }
}
