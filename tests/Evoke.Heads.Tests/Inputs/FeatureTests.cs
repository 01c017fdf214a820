using CsCheck;
using Evoke.Curves;
using Evoke.Features;
using Evoke.Heads.Inputs;

namespace Evoke.Heads.Tests.Inputs;

public sealed class FeatureTests
{
    [Fact]
    public void StatisticsAreMeanAndPopulationSpreadHoweverTheRowsCome() =>
        Gen.Select(Gen.Int[1, 4], Gen.Float[-100, 100].Array[4, 80]).Sample((width, numbers) =>
    {
        float[] rows = numbers[..(numbers.Length / width * width)];
        FeatureStatisticsBuilder whole = new(width);
        whole.Add(rows);
        FeatureStatisticsBuilder byRow = new(width);
        foreach (float[] row in rows.Chunk(width))
        {
            byRow.Add(row);
        }

        FeatureStatistics statistics = whole.Build();
        statistics.Mean.ShouldBe(byRow.Build().Mean);
        for (int feature = 0; feature < width; feature++)
        {
            double[] column = [.. rows.Chunk(width).Select(row => (double)row[feature])];
            double mean = column.Average();
            statistics.Mean[feature].ShouldBe((float)mean, 1e-3);
            statistics.StandardDeviation[feature].ShouldBe((float)Math.Sqrt(column.Average(value => (value - mean) * (value - mean))), 1e-3);
        }
    });

    [Fact]
    public void StandardisedFeaturesHaveMeanZeroAndSpreadOneAndConstantOnesVanish()
    {
        float[] rows = [1, 5, 3, 5, 5, 5, 7, 5];
        FeatureStatisticsBuilder builder = new(2);
        builder.Add(rows);
        ModalityInput input = new(2, FeatureNormalisation.Standardise, builder.Build(), position: null);
        float[] written = new float[8];
        for (int step = 0; step < 4; step++)
        {
            input.WriteStep(rows.AsSpan(step * 2, 2), step, written.AsSpan(step * 2, 2));
        }

        float[] first = [written[0], written[2], written[4], written[6]];
        first.Average().ShouldBe(0, 1e-6);
        first.Average(value => value * value).ShouldBe(1, 1e-6);
        new[] { written[1], written[3], written[5], written[7] }.ShouldAllBe(value => value == 0);
    }

    [Fact]
    public void L2DividesByTheLengthAndLeavesZerosAlone()
    {
        ModalityInput input = new(2, FeatureNormalisation.L2, statistics: null, position: null);
        float[] step = new float[2];
        input.WriteStep([3, 4], 0, step);
        step.ShouldBe([0.6f, 0.8f], 1e-6f);
        input.WriteStep([0, 0], 0, step);
        step.ShouldBe([0f, 0f]);
    }

    [Fact]
    public void PositionIsTheLastNumberAndIsNotNormalised()
    {
        ModalityInput input = new(2, FeatureNormalisation.L2, statistics: null, new PositionFeature(60));
        input.Width.ShouldBe(3);
        float[] step = new float[3];
        input.WriteStep([3, 4], 90, step);
        step.ShouldBe([0.6f, 0.8f, 1.5f], 1e-6f);
        input.WriteMissingStep(120, step);
        step.ShouldBe([0f, 0f, 2f]);
    }

    [Fact]
    public void StatisticsThatDoNotFitAreRefused()
    {
        Should.Throw<ArgumentException>(() => new FeatureStatistics([1], [1, 2]));
        Should.Throw<ArgumentException>(() => new FeatureStatistics([float.NaN], [1]));
        Should.Throw<ArgumentException>(() => new FeatureStatistics([1], [-1]));
        Should.Throw<ArgumentException>(() => new ModalityInput(2, FeatureNormalisation.Standardise, null, null));
        Should.Throw<ArgumentException>(() => new ModalityInput(2, FeatureNormalisation.None, new FeatureStatistics([1, 2], [1, 2]), null));
        Should.Throw<ArgumentException>(() => new ModalityInput(3, FeatureNormalisation.Standardise, new FeatureStatistics([1, 2], [1, 2]), null));
        Should.Throw<InvalidOperationException>(() => new FeatureStatisticsBuilder(1).Build());
    }

    [Theory]
    [InlineData(10, 1, 3, 3)]
    [InlineData(60, 6, 9, 54)]
    [InlineData(100, 1 / 0.96, 1, 1)]
    [InlineData(100, 1 / 0.96, 13, 14)]
    [InlineData(100, 1 / 0.96, 48, 50)]
    [InlineData(10, 1, 99, 9)]
    [InlineData(10, 2, 0.25, 0)]
    public void TheRowOfATimeIsTheOneThatStartsNearest(int steps, double rate, double seconds, int row) =>
        FeatureClock.StepNear(steps, new Rate(rate), seconds).ShouldBe(row);

    [Fact]
    public void EveryStepOfAClockIsItsOwnNearest() => Gen.Select(Gen.Int[1, 100_000], Gen.Double[0.1, 50]).Sample((steps, rate) =>
    {
        int step = steps / 3 * 2;
        FeatureClock.StepNear(steps, new Rate(rate), step / rate).ShouldBe(step);
    });
}
