using System.Runtime.ExceptionServices;
using Evoke.Files;

namespace Evoke.Datasets.Sets;

/// <summary>Parallel work on many videos, with the exceptions of single videos.</summary>
/// <remarks>Thread-safe; the work is called by several threads at once.</remarks>
public static class InParallel
{
    /// <summary>Does <paramref name="work"/> for each number from 0, on all cores.</summary>
    /// <exception cref="EvokeException">The first failure.</exception>
    public static void For(int count, Action<int> work)
    {
        try
        {
            Parallel.For(0, count, work);
        }
        catch (AggregateException errors) when (errors.InnerExceptions.OfType<EvokeException>().FirstOrDefault() is { } error)
        {
            ExceptionDispatchInfo.Throw(error);
        }
    }
}
