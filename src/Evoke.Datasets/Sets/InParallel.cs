using System.Runtime.ExceptionServices;
using Evoke.Files;

namespace Evoke.Datasets.Sets;

/// <summary>Work on many videos at once, whose errors are those of single videos.</summary>
public static class InParallel
{
    /// <summary>Does <paramref name="work"/> for each number from 0, on all cores.</summary>
    /// <exception cref="EvokeException">The first that failed.</exception>
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
