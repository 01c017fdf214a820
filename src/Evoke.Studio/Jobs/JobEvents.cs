using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Jobs;

/// <summary>Sends job updates, and the removal of videos, to every listener. A slow listener misses the oldest updates, never the newest.</summary>
internal sealed class JobEvents
{
    private const int MostPending = 256;
    private readonly Lock _lock = new();
    private readonly List<Channel<object>> _listeners = [];

    /// <summary>Sends the current state of a job to all listeners.</summary>
    public void Publish(JobRecord job) => Send(job);

    /// <summary>Tells all listeners that a video is no longer in the library.</summary>
    public void Publish(RemovedVideo removed) => Send(removed);

    /// <summary>All updates (<see cref="JobRecord"/>, <see cref="RemovedVideo"/>) from now on, until <paramref name="cancellation"/>.</summary>
    public async IAsyncEnumerable<object> ListenAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        Channel<object> listener = Channel.CreateBounded<object>(new BoundedChannelOptions(MostPending) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_lock)
        {
            _listeners.Add(listener);
        }

        try
        {
            await foreach (object update in listener.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
            {
                yield return update;
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

    private void Send(object update)
    {
        lock (_lock)
        {
            foreach (Channel<object> listener in _listeners)
            {
                listener.Writer.TryWrite(update);
            }
        }
    }
}
