using System.Runtime.ExceptionServices;

namespace Evoke.Cli.Predict;

/// <summary>Works on several items at once and tells of each in the order of the items.</summary>
internal static class OrderedWork
{
    /// <summary>Works on all items. An error of <paramref name="work"/> or <paramref name="tell"/> ends the run: nothing more is begun, what is being worked on
    /// is cancelled, and what had been finished is told.</summary>
    /// <param name="items">The items.</param>
    /// <param name="atOnce">How many are worked on at once, at least 1; with 1 the work is done on the calling thread.</param>
    /// <param name="work">Works on one; called from several threads.</param>
    /// <param name="tell">Takes a result; one call at a time.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="Exception">The first error.</exception>
    public static async Task RunAsync<TItem, TResult>(
        IReadOnlyList<TItem> items,
        int atOnce,
        Func<TItem, CancellationToken, Task<TResult>> work,
        Action<TResult> tell,
        CancellationToken cancellationToken)
        where TResult : class
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Lock gate = new();
        TResult?[] finished = new TResult?[items.Count];
        int begun = -1, told = 0;
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

        cancellationToken.ThrowIfCancellationRequested();

        async Task WorkAsync()
        {
            while (!stop.IsCancellationRequested && Interlocked.Increment(ref begun) is int index && index < items.Count)
            {
                try
                {
                    TResult result = await work(items[index], stop.Token).ConfigureAwait(false);
                    lock (gate)
                    {
                        finished[index] = result;
                        while (failure is null && told < finished.Length && finished[told] is { } next)
                        {
                            told++;
                            tell(next);
                        }
                    }
                }
                catch (Exception error)
                {
                    // It is thrown again when all have ended; those that are cancelled by it come later.
                    lock (gate)
                    {
                        failure ??= ExceptionDispatchInfo.Capture(error);
                    }

                    await stop.CancelAsync().ConfigureAwait(false);
                }
            }
        }
    }
}
