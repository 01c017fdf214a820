using Evoke.Curves.Randomness;

namespace Evoke.Training.Sampling;

/// <summary>The order and batches in which an epoch takes its videos.</summary>
internal static class EpochOrder
{
    /// <summary>Every video once, in an order that depends only on seed and epoch, split into batches.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="videos">How many videos there are.</param>
    /// <param name="batch">Videos per batch, at least 1.</param>
    /// <param name="dropLast">True to drop a last batch that is not full, unless it is the only one.</param>
    public static IReadOnlyList<int[]> Batches(long seed, int epoch, int videos, int batch, bool dropLast)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        int[] order = new int[videos];
        for (int i = 0; i < videos; i++)
        {
            order[i] = i;
        }

        CounterRandom.For(seed, RandomPurpose.VideoOrder, epoch).Shuffle(order.AsSpan());
        List<int[]> batches = [.. order.Chunk(batch)];
        if (dropLast && batches.Count > 1 && batches[^1].Length < batch)
        {
            batches.RemoveAt(batches.Count - 1);
        }

        return batches;
    }

    /// <summary>How many batches <see cref="Batches"/> gives.</summary>
    public static int CountOf(int videos, int batch, bool dropLast) =>
        dropLast && videos >= batch ? videos / batch : (videos + batch - 1) / batch;
}
