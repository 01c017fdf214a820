using System.Collections.Immutable;
using CsCheck;
using Evoke.Cluster.Shards;
using Evoke.Datasets.Manifests;

namespace Evoke.Cluster.Tests;

public sealed class ShardPlanTests
{
    private static readonly Gen<ImmutableArray<ManifestEntry>> Entries =
        Gen.Double[0, 900].Array[0, 60].Select(durations => durations.Select((d, i) => new ManifestEntry($"v{i}", $"v{i}.mp4", 1, d)).ToImmutableArray());

    [Fact]
    public void EveryVideoIsInJustOneShard() => Gen.Select(Entries, Gen.Int[1, 9]).Sample((entries, count) =>
        Enumerable.Range(0, count).SelectMany(i => ShardPlan.Of(entries, new Shard(i, count))).OrderBy(e => e.Id, StringComparer.Ordinal)
            .ShouldBe(entries.OrderBy(e => e.Id, StringComparer.Ordinal)));

    [Fact]
    public void TheSplitDoesNotDependOnTheOrderOfTheManifest() => Gen.Select(Entries, Gen.Int[1, 9]).Sample((entries, count) =>
        ShardPlan.Of([.. entries.Reverse()], new Shard(0, count)).ShouldBe(ShardPlan.Of(entries, new Shard(0, count))));

    [Fact]
    public void NoShardIsLongerThanFourThirdsOfTheBestPossible() => Gen.Select(Entries.Where(e => e.Length > 0), Gen.Int[1, 9]).Sample((entries, count) =>
    {
        double[] loads = [.. Enumerable.Range(0, count).Select(i => ShardPlan.Of(entries, new Shard(i, count)).Sum(e => e.DurationSeconds + 1))];
        double[] costs = [.. entries.Select(e => e.DurationSeconds + 1).OrderDescending()];
        // No split can beat the mean, the longest video, or two videos that must share a shard.
        double best = Math.Max(costs.Sum() / count, Math.Max(costs[0], costs.Length > count ? costs[count - 1] + costs[count] : 0));
        loads.Max().ShouldBeLessThanOrEqualTo((best * 4 / 3) + 1e-6);
    });

    [Fact]
    public void TheLongestVideoComesFirst() =>
        ShardPlan.Of([new("a", "a", 1, 5), new("b", "b", 1, 50), new("c", "c", 1, 20)], new Shard(0, 1)).Select(e => e.Id).ShouldBe(["b", "c", "a"]);
}
