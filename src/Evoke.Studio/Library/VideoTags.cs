using Evoke.Studio.Jobs;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Library;

/// <summary>Changes the tags of videos.</summary>
internal sealed class VideoTags(TagTable tags, JobEvents events)
{
    /// <summary>Gives a video these tags and no others.</summary>
    /// <param name="video">The video.</param>
    /// <param name="wanted">From <see cref="VideoName.Tags"/>.</param>
    public void Set(VideoRecord video, IReadOnlyList<string> wanted)
    {
        ArgumentNullException.ThrowIfNull(video);
        tags.Change([video.Id], wanted, remove: null);
        events.Publish(new ChangedVideo(video.Id));
    }

    /// <summary>Gives several videos tags, and takes others from them.</summary>
    /// <param name="videos">The videos.</param>
    /// <param name="add">From <see cref="VideoName.Tags"/>.</param>
    /// <param name="remove">From <see cref="VideoName.Tags"/>.</param>
    public void Change(IReadOnlyList<VideoRecord> videos, IReadOnlyList<string> add, IReadOnlyList<string> remove)
    {
        tags.Change([.. videos.Select(video => video.Id)], add, remove);
        foreach (VideoRecord video in videos)
        {
            events.Publish(new ChangedVideo(video.Id));
        }
    }
}
