using System.Threading.Channels;

namespace Evoke.Studio.Jobs;

/// <summary>The updates that one listener has not read yet. When there are many, only the newest of each subject stays.</summary>
/// <remarks>Thread-safe; one reader.</remarks>
internal sealed class Mailbox
{
    private const int Many = 256;
    private readonly Lock _lock = new();
    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private List<(object Subject, object Update)> _pending = [];
    private int _most = Many;

    /// <summary>Adds an update.</summary>
    /// <param name="subject">What it is about, compared by value.</param>
    /// <param name="update">The update.</param>
    public void Add(object subject, object update)
    {
        lock (_lock)
        {
            _pending.Add((subject, update));
            if (_pending.Count > _most)
            {
                KeepNewest();
            }
        }

        _bell.Writer.TryWrite(true);
    }

    /// <summary>Takes what is there, oldest first, as soon as there is something.</summary>
    public async Task<IReadOnlyList<object>> TakeAsync(CancellationToken cancellation)
    {
        await _bell.Reader.ReadAsync(cancellation).ConfigureAwait(false);
        lock (_lock)
        {
            object[] taken = [.. _pending.Select(entry => entry.Update)];
            _pending.Clear();
            _most = Many;
            return taken;
        }
    }

    private void KeepNewest()
    {
        HashSet<object> seen = [];
        List<(object Subject, object Update)> newest = [.. Enumerable.Reverse(_pending).Where(entry => seen.Add(entry.Subject))];
        newest.Reverse();
        _pending = newest;
        _most = Math.Max(Many, 2 * newest.Count);
    }
}
