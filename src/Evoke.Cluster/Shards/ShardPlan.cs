using System.Collections.Immutable;
using Evoke.Datasets.Manifests;

namespace Evoke.Cluster.Shards;

/// <summary>Splits a data set into shards of about equal duration: assigns videos, longest first, to the shard with the least work so far.</summary>
/// <remarks>
/// Longest-processing-time-first (Graham, SIAM J. Appl. Math. 17(2), 1969): the longest shard is at most 4/3 of the optimum. The split depends on the
/// videos and the number of shards alone, not on the order of the manifest, so every task computes it by itself and all agree.
/// </remarks>
internal static class ShardPlan
{
    /// <summary>The fixed cost of a video, in seconds of video: opening a file, starting a decoder.</summary>
    private const double OverheadSeconds = 1;

    /// <summary>The videos of one shard, the longest first.</summary>
    /// <param name="entries">All videos; no duplicate ids.</param>
    /// <param name="shard">The part to return.</param>
    public static ImmutableArray<ManifestEntry> Of(ImmutableArray<ManifestEntry> entries, Shard shard)
    {
        int[] shards = Assign(entries, shard.Count, out int[] order);
        return [.. order.Where(i => shards[i] == shard.Index).Select(i => entries[i])];
    }

    /// <summary>The shard of each video, in the manifest's order.</summary>
    /// <param name="entries">All videos; no duplicate ids.</param>
    /// <param name="count">Number of shards, at least 1.</param>
    public static ImmutableArray<int> Assign(ImmutableArray<ManifestEntry> entries, int count) => [.. Assign(entries, count, out _)];

    private static int[] Assign(ImmutableArray<ManifestEntry> entries, int count, out int[] order)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        order = [.. Enumerable.Range(0, entries.Length)];
        Array.Sort(order, (a, b) =>
        {
            int byDuration = entries[b].DurationSeconds.CompareTo(entries[a].DurationSeconds);
            return byDuration != 0 ? byDuration : string.CompareOrdinal(entries[a].Id, entries[b].Id);
        });

        // Least loaded first, the lower number on a tie.
        PriorityQueue<int, (double Seconds, int Shard)> loads = new(count);
        for (int shard = 0; shard < count; shard++)
        {
            loads.Enqueue(shard, (0, shard));
        }

        int[] shards = new int[entries.Length];
        foreach (int i in order)
        {
            loads.TryPeek(out int shard, out (double Seconds, int Shard) load);
            shards[i] = shard;
            loads.DequeueEnqueue(shard, (load.Seconds + entries[i].DurationSeconds + OverheadSeconds, shard));
        }

        return shards;
    }
}
