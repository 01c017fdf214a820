using System.Runtime.ExceptionServices;

namespace Evoke.Cli.Predict;

/// <summary>Works on several items at once and tells of each in the order of the items.</summary>
internal static class OrderedWork
{
    /// <summary>Works on all items. An error of <paramref name="work"/> or <paramref name="tell"/> ends the run as if one were done after the other: items
    /// before it are finished, those after it are cancelled or not begun. What had been finished is told.</summary>
    /// <param name="items">The items.</param>
    /// <param name="atOnce">How many are worked on at once, at least 1; with 1 the work is done on the calling thread.</param>
    /// <param name="work">Works on one; called from several threads.</param>
    /// <param name="tell">Takes a result; one call at a time.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="Exception">The error of the first item that had one.</exception>
    public static async Task RunAsync<TItem, TResult>(
        IReadOnlyList<TItem> items,
        int atOnce,
        Func<TItem, CancellationToken, Task<TResult>> work,
        Action<TResult> tell,
        CancellationToken cancellationToken)
        where TResult : class
    {
        Lock gate = new();
        TResult?[] finished = new TResult?[items.Count];
        Dictionary<int, CancellationTokenSource> running = [];
        int begun = 0, told = 0, failed = items.Count;
        ExceptionDispatchInfo? failure = null;
        if (atOnce == 1)
        {
            await WorkAsync().ConfigureAwait(false);
        }
        else
        {
            int workers = Math.Min(atOnce, items.Count);
            await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(WorkAsync, CancellationToken.None))).ConfigureAwait(false);
        }

        if (failure is not null)
        {
            foreach (TResult result in finished.Skip(told).OfType<TResult>())
            {
                tell(result);
            }

            failure.Throw();
        }

        async Task WorkAsync()
        {
            while (Begin() is var (index, stop))
            {
                try
                {
                    Finish(index, await work(items[index], stop).ConfigureAwait(false));
                }
                catch (Exception error)
                {
                    // It is thrown again when all have ended.
                    Fail(index, error);
                }
                finally
                {
                    End(index);
                }
            }
        }

        (int Index, CancellationToken Stop)? Begin()
        {
            lock (gate)
            {
                if (begun >= failed)
                {
                    return null;
                }

                CancellationTokenSource own = running[begun] = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                return (begun++, own.Token);
            }
        }

        void Finish(int index, TResult result)
        {
            lock (gate)
            {
                finished[index] = result;
                while (told < failed && finished[told] is { } next)
                {
                    told++;
                    tell(next);
                }
            }
        }

        void Fail(int index, Exception error)
        {
            lock (gate)
            {
                if (index >= failed)
                {
                    return;
                }

                (failed, failure) = (index, ExceptionDispatchInfo.Capture(error));
                foreach ((_, CancellationTokenSource later) in running.Where(other => other.Key > index))
                {
                    later.Cancel();
                }
            }
        }

        void End(int index)
        {
            lock (gate)
            {
                running.Remove(index, out CancellationTokenSource? own);
                own?.Dispose();
            }
        }
    }
}
