using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Evoke.Kernels.Attention;
using TorchSharp;

namespace Evoke.Kernels.Recurrent;

/// <summary>Threads on which each product of libtorch runs alone.</summary>
/// <remarks>
/// A recurrent step is a product too small to share between cores: splitting it costs more than it saves, and a core that another program
/// holds stops all. So whole directions and slices of clips are shared out instead, one thread each, with libtorch's own threads off.
/// </remarks>
internal static class RecurrentWorkers
{
    private static readonly BlockingCollection<Action> Jobs = [];
    private static readonly Lock Gate = new();
    private static int s_threads;

    /// <summary>Runs all jobs, at most <paramref name="threads"/> at once, and returns when they are done.</summary>
    /// <exception cref="Exception">The first job's that failed.</exception>
    public static void Run(int jobs, int threads, Action<int> job)
    {
        Start(Math.Min(jobs, threads));
        using CountdownEvent left = new(jobs);
        ExceptionDispatchInfo? failure = null;
        for (int i = 0; i < jobs; i++)
        {
            int number = i;
            Jobs.Add(() =>
            {
                try
                {
                    job(number);
                }
                catch (Exception error)
                {
                    Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(error), null);
                }
                finally
                {
                    left.Signal();
                }
            });
        }

        left.Wait();
        failure?.Throw();
    }

    private static void Start(int threads)
    {
        lock (Gate)
        {
            if (s_threads >= threads)
            {
                return;
            }

            int before = torch.get_num_threads();
            bool isDefaultKept = true;
            while (s_threads < threads)
            {
                using ManualResetEventSlim ready = new();
                new Thread(() =>
                {
                    isDefaultKept &= OpenMpTeam.KeepToThisThread();
                    ready.Set();
                    Work();
                })
                {
                    IsBackground = true,
                    Name = $"evoke recurrent {s_threads}",
                }.Start();
                ready.Wait();
                s_threads++;
            }

            if (!isDefaultKept)
            {
                torch.set_num_threads(before);
            }
        }
    }

    private static void Work()
    {
        foreach (Action job in Jobs.GetConsumingEnumerable())
        {
            job();
        }
    }
}
