using System.Collections.Immutable;
using Evoke.Cluster.Planning;
using Evoke.Datasets.Manifests;

namespace Evoke.Cluster.Tests.Planning;

public sealed class ClusterForecastTests
{
    private static readonly ClusterConditions Calm = new() { StragglerShare = 0, FailuresPerNodeHour = 0, PricePerNodeHour = 0.5 };

    private static readonly ExtractionCost Cost = new()
    {
        Videos = [],
        StartSeconds = 2,
        SecondsPerVideo = 1,
        SecondsPerSecond = 0.1,
        BytesPerVideo = 1000,
        BytesPerSecond = 100,
        Spread = 0,
    };

    // 64 videos of 100 s: 11 s each.
    private static readonly ImmutableArray<ManifestEntry> Entries = [.. Enumerable.Range(0, 64).Select(i => new ManifestEntry($"v{i}", $"v{i}.mp4", 1, 100))];

    [Theory]
    [InlineData(1, (64 * 11) + 2)]
    [InlineData(4, (16 * 11) + 2)]
    [InlineData(64, 11 + 2)]
    [InlineData(128, 11 + 2)]
    public void WhereNothingGoesWrongEverythingIsTheSumOfItsParts(int nodes, double elapsed)
    {
        StageForecast forecast = new ClusterForecast(6400, Calm).Extraction(Entries, Cost, nodes);

        forecast.UndisturbedSeconds.ShouldBe(elapsed, 1e-6);
        forecast.ElapsedSeconds.ShouldBe(elapsed, 1e-6);
        forecast.LateSeconds.ShouldBe(elapsed, 1e-6);
        forecast.NodeHours.ShouldBe(((64 * 11) + (2 * nodes)) / 3600.0, 1e-9);
        forecast.Cost!.Value.ShouldBe(forecast.NodeHours * 0.5, 1e-12);
        forecast.CostPerThousandVideoHours!.Value.ShouldBe(forecast.Cost.Value / (6400 / 3600.0) * 1000, 1e-9);
        forecast.DiskBytes!.Value.ShouldBe(64 * 11_000, 1e-6);
    }

    // A sample of 64 videos of 11 s stands for a million: 11 million seconds of work.
    [Theory]
    [InlineData(1)]
    [InlineData(130)]
    public void ASampleStandsForManyVideos(int nodes)
    {
        StageForecast forecast = new ClusterForecast(1e8, Calm).ScaledExtraction(Entries, 1_000_000, Cost, nodes);

        forecast.UndisturbedSeconds.ShouldBe((Math.Ceiling(1e6 / nodes) * 11) + 2, 1e-3);
        forecast.NodeHours.ShouldBe((11e6 + (2 * nodes)) / 3600, 1e-3);
        forecast.CostPerThousandVideoHours!.Value.ShouldBe(forecast.NodeHours * 0.5 / (1e8 / 3600) * 1000, 1e-9);
        forecast.DiskBytes!.Value.ShouldBe(11_000e6, 1);
    }

    [Fact]
    public void TheFewestNodesAreThoseThatAreJustInTime()
    {
        ClusterForecast forecast = new(1e8, Calm);
        StageForecast On(int nodes) => forecast.ScaledExtraction(Entries, 100_000, Cost, nodes);

        StageForecast fewest = ClusterForecast.Fewest(On, 86_400)!;

        fewest.Nodes.ShouldBe(13, "1,100,000 s of work in 86,400 s");
        On(12).LateSeconds.ShouldBeGreaterThan(86_400);
        ClusterForecast.Fewest(On, 1e7)!.Nodes.ShouldBe(1);
        ClusterForecast.Fewest(nodes => forecast.Extraction(Entries, Cost, Math.Min(nodes, 64)), 12).ShouldBeNull("one video takes 13 s");
    }

    [Fact]
    public void GpusFollowFromThePublishedSpeed()
    {
        // 1,000,000 films of 60 s, a picture a second, 141 pictures a second on one GPU.
        GpuForecast forecast = PublishedThroughput.Of("swin-l")!.Forecast(60e6, picturesPerSecond: 1, pricePerHour: 2, withinSeconds: 86_400);

        forecast.GpuHours.ShouldBe(60e6 / 141 / 3600, 1e-9);
        forecast.Gpus.ShouldBe(5);
        forecast.Cost!.Value.ShouldBe(forecast.GpuHours * 2, 1e-9);
        forecast.CostPerThousandVideoHours!.Value.ShouldBe(2 * 1000 / 141.0, 1e-9);
        PublishedThroughput.Of("visual-lld").ShouldBeNull();
    }

    [Fact]
    public void StragglersAreFeltMoreTheMoreNodesThereAre()
    {
        ClusterForecast forecast = new(6400, Calm with { StragglerShare = 0.05 });
        double Delay(int nodes) => forecast.Extraction(Entries, Cost, nodes) is var stage ? stage.ElapsedSeconds / stage.UndisturbedSeconds : 0;

        Delay(1).ShouldBe(1, 1e-9);
        Delay(64).ShouldBeInRange(1.5, 3);
        forecast.Extraction(Entries, Cost, 64).LateSeconds.ShouldBeLessThanOrEqualTo(3 * 13);
    }

    [Fact]
    public void ALostNodeCostsItsPieceInHandAStartAndAWait()
    {
        // About 16 failures in 8 hours of work: each costs half a piece of 11 s and a start of 2 s.
        ImmutableArray<ManifestEntry> many = [.. Enumerable.Range(0, 2600).Select(i => new ManifestEntry($"v{i}", $"v{i}.mp4", 1, 100))];
        ClusterConditions lossy = Calm with { FailuresPerNodeHour = 2, RequeueSeconds = 100, Trials = 400 };

        StageForecast calm = new ClusterForecast(1, Calm).Extraction(many, Cost, 1);
        StageForecast stage = new ClusterForecast(1, lossy).Extraction(many, Cost, 1);

        double losses = calm.NodeHours * 2;
        ((stage.NodeHours - calm.NodeHours) * 3600 / losses).ShouldBe(5.5 + 2, 0.5);
        ((stage.ElapsedSeconds - calm.ElapsedSeconds) / losses).ShouldBe(100 + 5.5 + 2, 10);
        stage.LateSeconds.ShouldBeGreaterThan(stage.ElapsedSeconds);
    }

    [Fact]
    public void TheSameSeedGivesTheSamePlanAndAnotherAnother()
    {
        StageForecast Plan(int seed) => new ClusterForecast(6400, new ClusterConditions { Seed = seed }).Extraction(Entries, Cost with { Spread = 0.1 }, 16);

        Plan(1).ShouldBe(Plan(1));
        Plan(1).NodeHours.ShouldNotBe(Plan(2).NodeHours);
    }

    [Fact]
    public void TheFewerWereMeasuredTheLessIsCertain()
    {
        double Late(int measured)
        {
            ExtractionCost cost = Cost with { Spread = 0.4, Videos = [.. Enumerable.Repeat(new MeasuredVideo("v", 100, 11, 1), measured)] };
            StageForecast stage = new ClusterForecast(6400, Calm).Extraction(Entries, cost, 1);
            return stage.LateSeconds / stage.UndisturbedSeconds;
        }

        // 19 of 20 lie below 1.64 standard errors, of the measured mean and of the sum of 64.
        Late(4).ShouldBe(1 + (1.64 * 0.4 * Math.Sqrt((1 / 4.0) + (1 / 64.0))), 0.06);
        Late(400).ShouldBe(1 + (1.64 * 0.4 * Math.Sqrt((1 / 400.0) + (1 / 64.0))), 0.04);
    }

    [Theory]
    [InlineData(1, 8 * 3600)]
    [InlineData(3, 3 * 3600)]
    [InlineData(8, 3600)]
    [InlineData(20, 3600)]
    public void SeedsAreTrainedWhole(int nodes, double elapsed)
    {
        StageForecast stage = new ClusterForecast(6400, Calm).Training(8, 3600, nodes);

        stage.ElapsedSeconds.ShouldBe(elapsed, 1e-6);
        stage.NodeHours.ShouldBe(8, 1e-9);
        stage.DiskBytes.ShouldBeNull();
    }
}
