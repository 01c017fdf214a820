using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Evoke.Studio.Storage;

namespace Evoke.Studio.Jobs;

/// <summary>Sends job updates to every listener. A slow listener misses the oldest updates, never the newest.</summary>
internal sealed class JobEvents
{
    private const int MostPending = 256;
    private readonly Lock _lock = new();
    private readonly List<Channel<JobRecord>> _listeners = [];

    /// <summary>Sends the current state of a job to all listeners.</summary>
    public void Publish(JobRecord job)
    {
        lock (_lock)
        {
            foreach (Channel<JobRecord> listener in _listeners)
            {
                listener.Writer.TryWrite(job);
            }
        }
    }

    /// <summary>All updates from now on, until <paramref name="cancellation"/>.</summary>
    public async IAsyncEnumerable<JobRecord> ListenAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        Channel<JobRecord> listener = Channel.CreateBounded<JobRecord>(new BoundedChannelOptions(MostPending) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_lock)
        {
            _listeners.Add(listener);
        }

        try
        {
            await foreach (JobRecord job in listener.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
            {
                yield return job;
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
}
