using System.Collections.Immutable;
using Evoke.Cluster.Planning;
using Evoke.Datasets.Manifests;

namespace Evoke.Cluster.Tests.Planning;

public sealed class ExtractionCostTests
{
    [Fact]
    public void ALineIsFoundAgain()
    {
        ExtractionCost cost = Fit((10, 2), (20, 3), (100, 11));

        cost.SecondsPerVideo.ShouldBe(1, 1e-9);
        cost.SecondsPerSecond.ShouldBe(0.1, 1e-9);
        cost.SecondsOf(50).ShouldBe(6, 1e-9);
        cost.BytesOf(50).ShouldBe(5000, 1e-6);
        cost.Spread.ShouldBe(0, 1e-9);
        cost.StartSeconds.ShouldBe(7);
    }

    [Theory]
    [InlineData(0, 0.2, 10.0, 2.0)] // One video: the whole cost is per second.
    [InlineData(0, 0.2, 10.0, 2.0, 10.0, 2.0)] // Equal lengths: the same.
    [InlineData(2, 0, 10.0, 2.0, 20.0, 2.0)] // Length does not matter.
    public void WhatTheVideosCannotTellIsNotMadeUp(double perVideo, double perSecond, params double[] points)
    {
        ExtractionCost cost = Fit([.. points.Chunk(2).Select(pair => (pair[0], pair[1]))]);

        cost.SecondsPerVideo.ShouldBe(perVideo, 1e-6);
        cost.SecondsPerSecond.ShouldBe(perSecond, 1e-6);
    }

    [Theory]
    [InlineData(10.0, 1.0, 20.0, 3.0)] // The fixed cost would be below 0.
    [InlineData(10.0, 3.0, 20.0, 1.0)] // The cost per second would be below 0.
    public void NoPartOfACostIsBelowZero(params double[] points)
    {
        ExtractionCost cost = Fit([.. points.Chunk(2).Select(pair => (pair[0], pair[1]))]);

        cost.SecondsPerVideo.ShouldBeGreaterThanOrEqualTo(0);
        cost.SecondsPerSecond.ShouldBeGreaterThanOrEqualTo(0);
        cost.SecondsOf(15).ShouldBeInRange(1, 3);
        cost.Spread.ShouldBeGreaterThan(0.1);
    }

    [Fact]
    public void TheSampleHasShortAndLongVideosOfKnownLength()
    {
        ImmutableArray<ManifestEntry> entries =
            [new("broken", "b", 1, 0), .. Enumerable.Range(1, 100).Reverse().Select(i => new ManifestEntry($"v{i}", "p", 1, i))];

        ExtractionSample.Choose(entries, 4).Select(entry => entry.DurationSeconds).ShouldBe([13, 38, 63, 88]);
        ExtractionSample.Choose(entries, 1).ShouldHaveSingleItem().DurationSeconds.ShouldBe(51);
        ExtractionSample.Choose(entries, 1000).Length.ShouldBe(100);
    }

    private static ExtractionCost Fit(params (double Duration, double Seconds)[] points) =>
        ExtractionCost.Fit(7, [.. points.Select(point => new MeasuredVideo("v", point.Duration, point.Seconds, (long)(point.Duration * 100)))]);
}
