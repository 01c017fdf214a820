using Evoke.Curves.Metrics;
using Evoke.Curves.Randomness;

namespace Evoke.Curves.Tests.Metrics;

public sealed class BootstrapTests
{
    [Fact]
    public void NothingHasNoInterval() => Bootstrap.Of([], 1).ShouldBeNull();

    [Fact]
    public void OneValueHasNoInterval() => Bootstrap.Of([0.25], 1).ShouldBeNull();

    /// <summary>The mean of n draws from n values, half of them 0 and half 1, is binomial: its percentiles are known.</summary>
    [Theory]
    [InlineData(6, 1 / 6.0, 5 / 6.0)] // P(0) is 0.016, P(at most 1) is 0.109
    [InlineData(10, 0.2, 0.8)] // P(at most 1) is 0.011, P(at most 2) is 0.055
    [InlineData(4, 0, 1)] // P(0) is 0.063
    public void TheIntervalIsThatOfTheBinomialDistribution(int count, double low, double high)
    {
        double[] values = [.. Enumerable.Range(0, count).Select(i => (double)(i % 2))];
        foreach (int seed in new[] { Bootstrap.Seed, 2, 3 })
        {
            ScoreInterval interval = Bootstrap.Of(values, seed)!;
            interval.Low.ShouldBe(low, 1e-12);
            interval.High.ShouldBe(high, 1e-12);
        }
    }

    [Fact]
    public void TheIntervalOfManyValuesIsThatOfTheNormalDistribution()
    {
        double[] values = new double[400];
        var random = CounterRandom.For(1, RandomPurpose.Demo);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = random.NextDouble();
        }

        double mean = values.Average();
        double half = 1.96 * Math.Sqrt(values.Average(v => (v - mean) * (v - mean)) / values.Length);
        ScoreInterval interval = Bootstrap.Of(values, 1)!;
        interval.Low.ShouldBe(mean - half, half / 8);
        interval.High.ShouldBe(mean + half, half / 8);
        Bootstrap.Of(values, 1).ShouldBe(interval);
        Bootstrap.Of(values, 2).ShouldNotBe(interval);
    }

    [Fact]
    public void StatisticsCountTheirPairsAndSayWhatDoesNotFit()
    {
        PairedStatistics.Of([1, 2, 3], [3, 2, 1]).Count.ShouldBe(3);
        Should.Throw<ArgumentException>(() => PairedStatistics.Of([1, 2], [1])).Message
            .ShouldStartWith("Two curves must have the same length; found 2 and 1 values.");
        PairedStatistics none = default;
        (none.Pearson, none.Concordance, none.Count).ShouldBe((0, 0, 0));
    }

    [Fact]
    public void MergingNothingChangesNothing()
    {
        PairedStatistics some = PairedStatistics.Of([1, 2, 4], [2, 1, 7]);
        (double pearson, double concordance) = (some.Pearson, some.Concordance);
        some.Merge(default);
        (some.Pearson, some.Concordance, some.Count).ShouldBe((pearson, concordance, 3));
        PairedStatistics none = default;
        none.Merge(some);
        none.Pearson.ShouldBe(pearson, 1e-12);
        none.Concordance.ShouldBe(concordance, 1e-12);
        none.Merge(default);
        none.Count.ShouldBe(3);
        PairedStatistics empty = default;
        empty.Merge(default);
        (empty.Pearson, empty.Count).ShouldBe((0, 0));
    }

    [Fact]
    public void NoVideosHaveNoScores()
    {
        DatasetScores scores = new(new EmotionScheme(["joy", "fear"]), RowProtocol.All);
        scores.Concordance.ShouldBe(0);
        scores.Videos.ShouldBeEmpty();
        scores.Protocol.ShouldBe(RowProtocol.All);
        Should.Throw<ArgumentNullException>(() => new DatasetScores(null!, RowProtocol.All)).ParamName.ShouldBe("scheme");
        Should.Throw<ArgumentNullException>(() => scores.Add("v", null!, Made.Joy(1, 1))).ParamName.ShouldBe("labels");
        Should.Throw<ArgumentNullException>(() => VideoScores.Of("v", null!, Made.Joy(1, 1), RowProtocol.All)).ParamName.ShouldBe("labels");
        Should.Throw<ArgumentNullException>(() => VideoScores.Of("v", Made.Joy(1, 1), null!, RowProtocol.All)).ParamName.ShouldBe("predictions");
    }
}
