using System.Runtime.CompilerServices;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Jobs;

/// <summary>Sends job updates, and changes of the library, to every listener. A slow listener misses updates that newer ones have replaced, and no
/// others.</summary>
internal sealed class JobEvents
{
    private readonly Lock _lock = new();
    private readonly List<Mailbox> _listeners = [];

    /// <summary>Sends the current state of a job to all listeners.</summary>
    public void Publish(JobRecord job) => Send(("job", job.Id), job);

    /// <summary>Tells all listeners that a video is no longer in the library.</summary>
    public void Publish(RemovedVideo removed) => Send(("video", removed.VideoId), removed);

    /// <summary>Tells all listeners that a video has another name or other tags, or is back in the library.</summary>
    public void Publish(ChangedVideo changed) => Send(("video", changed.VideoId), changed);

    /// <summary>All updates (<see cref="JobRecord"/>, <see cref="RemovedVideo"/>, <see cref="ChangedVideo"/>) from now on, until
    /// <paramref name="cancellation"/>.</summary>
    public async IAsyncEnumerable<object> ListenAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        Mailbox listener = new();
        lock (_lock)
        {
            _listeners.Add(listener);
        }

        try
        {
            while (true)
            {
                foreach (object update in await listener.TakeAsync(cancellation).ConfigureAwait(false))
                {
                    yield return update;
                }
            }
        }
        finally
        {
            lock (_lock)
            {
                _listeners.Remove(listener);
            }
        }
    }

    private void Send(object subject, object update)
    {
        lock (_lock)
        {
            foreach (Mailbox listener in _listeners)
            {
                listener.Add(subject, update);
            }
        }
    }
}
