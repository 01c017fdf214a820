using System.Runtime.InteropServices;
using Evoke.Kernels.Torch;
using TorchSharp;

namespace Evoke.Kernels.Attention;

/// <summary>Runs managed code on the threads that libtorch's own operators run on.</summary>
/// <remarks>
/// Between two operators OpenMP's threads spin, so a second set of threads would find the processors busy. libtorch brings GNU's
/// OpenMP under a name of its own; where it is not found, .NET's thread pool does the work.
/// </remarks>
internal static unsafe class OpenMpTeam
{
    // libtorch has loaded its OpenMP by the time that anything is computed.
    private static readonly nint OpenMp = LoadedLibrary.Open("libgomp");

    private static readonly delegate* unmanaged<delegate* unmanaged<void*, void>, void*, uint, uint, void> GompParallel =
        (delegate* unmanaged<delegate* unmanaged<void*, void>, void*, uint, uint, void>)Find("GOMP_parallel");

    private static readonly delegate* unmanaged<int> ThreadNumber = (delegate* unmanaged<int>)Find("omp_get_thread_num");
    private static readonly delegate* unmanaged<int, void> SetThreads = (delegate* unmanaged<int, void>)Find("omp_set_num_threads");
    private static readonly delegate* unmanaged<int> TeamSize = (delegate* unmanaged<int>)Find("omp_get_num_threads");

    /// <summary>A piece of work: items from (inclusive) and to (exclusive).</summary>
    public delegate void RangeAction(int from, int to);

    /// <summary>Splits <paramref name="count"/> items evenly over the threads and waits for all.</summary>
    public static void For(int count, RangeAction action)
    {
        int threads = Math.Min(torch.get_num_threads(), count);
        if (threads <= 1)
        {
            action(0, count);
            return;
        }

        if (GompParallel is null || ThreadNumber is null || TeamSize is null)
        {
            Parallel.For(0, threads, thread => action(Start(count, thread, threads), Start(count, thread + 1, threads)));
            return;
        }

        Job job = new(count, action);
        GCHandle handle = GCHandle.Alloc(job);
        try
        {
            GompParallel(&RunShare, (void*)GCHandle.ToIntPtr(handle), (uint)threads, 0);
        }
        finally
        {
            handle.Free();
        }

        job.ThrowIfFailed();
    }

    /// <summary>Makes operators called from this thread run on this thread only; other threads are not affected.</summary>
    /// <returns>False if OpenMP was not found: libtorch's default for new threads is then 1 as well, until it is set again.</returns>
    public static bool KeepToThisThread()
    {
        _ = torch.get_num_threads(); // A thread adopts libtorch's default with its first call, which must come before the count is changed.
        if (SetThreads is null)
        {
            torch.set_num_threads(1);
            return false;
        }

        SetThreads(1);
        return true;
    }

    [UnmanagedCallersOnly]
    private static void RunShare(void* data)
    {
        Job job = (Job)GCHandle.FromIntPtr((nint)data).Target!;
        (int thread, int threads) = (ThreadNumber(), TeamSize());
        job.Run(Start(job.Count, thread, threads), Start(job.Count, thread + 1, threads));
    }

    private static int Start(int count, int thread, int threads) => (int)((long)count * thread / threads);

    private static nint Find(string symbol) => LoadedLibrary.Find(OpenMp, symbol);

    // An exception must not cross native frames: it is kept and rethrown on the calling thread.
    private sealed class Job(int count, RangeAction action)
    {
        private Exception? _failure;

        public int Count => count;

        public void Run(int from, int to)
        {
            try
            {
                action(from, to);
            }
            catch (Exception failure)
            {
                Interlocked.CompareExchange(ref _failure, failure, null);
            }
        }

        public void ThrowIfFailed()
        {
            if (_failure is not null)
            {
                throw new InvalidOperationException("Part of the parallel work failed.", _failure);
            }
        }
    }
}
