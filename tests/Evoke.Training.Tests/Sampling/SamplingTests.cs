using CsCheck;
using Evoke.Curves;
using Evoke.Curves.Randomness;
using Evoke.Training.Sampling;

namespace Evoke.Training.Tests.Sampling;

public sealed class SamplingTests
{
    private static readonly ClipShape Sparse = new(60, new Rate(1));
    private static readonly ClipShape DenseTenSeconds = new(60, new Rate(6));
    private static readonly ClipShape DenseMinute = new(360, new Rate(6));

    [Fact]
    public void NumbersDependOnlyOnWhatTheyAreFor()
    {
        ulong[] first = [.. Draws(7)];
        ulong[] backwards = [.. Draws(7).Reverse()];
        first.ShouldBe(backwards.Reverse());
        first.Distinct().Count().ShouldBe(first.Length);
        first.Intersect(Draws(8)).ShouldBeEmpty();

        static IEnumerable<ulong> Draws(long seed) =>
            from purpose in Enum.GetValues<RandomPurpose>()
            from epoch in Enumerable.Range(0, 5)
            from video in Enumerable.Range(0, 5)
            select CounterRandom.For(seed, purpose, epoch, video).NextBits();
    }

    [Fact]
    public void IntegersAreUniform()
    {
        var random = CounterRandom.For(1, RandomPurpose.Bootstrap);
        int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++)
        {
            counts[random.NextInt(7)]++;
        }

        // Chi-squared with 6 degrees of freedom exceeds 22.5 for one in a thousand seeds; this seed is fixed.
        counts.Sum(c => (c - 10_000.0) * (c - 10_000.0) / 10_000.0).ShouldBeLessThan(22.5);
    }

    [Fact]
    public void EveryClipFitsItsVideoAndStartsOnAWholeSecond() =>
        Gen.Select(
            Gen.Int[1, 5_000],
            Gen.Int[0, 1000],
            Gen.OneOf(Gen.Const(Sparse), Gen.Const(DenseTenSeconds), Gen.Const(DenseMinute))).Sample((steps, epoch, shape) =>
        {
            int start = shape.Draw(3, epoch, 17, steps);
            (start >= 0).ShouldBeTrue();
            (start == 0 || start + shape.Steps <= steps).ShouldBeTrue();
            (start % (int)shape.Rate.Hertz).ShouldBe(0);
        });

    [Theory]
    [InlineData(60, 1, 1, 1)]
    [InlineData(60, 1, 59, 1)]
    [InlineData(60, 1, 60, 1)]
    [InlineData(60, 1, 61, 2)]
    [InlineData(60, 1, 258, 199)]
    [InlineData(60, 6, 65, 1)]
    [InlineData(60, 6, 66, 2)]
    [InlineData(360, 6, 1548, 199)]
    public void StartsAreThoseForWhichTheClipFits(int clip, double rate, int steps, int starts) =>
        new ClipShape(clip, new Rate(rate)).StartsWithin(steps).ShouldBe(starts);

    [Fact]
    public void EveryStartIsDrawnAboutEquallyOften()
    {
        int[] counts = new int[11];
        for (int epoch = 0; epoch < 11_000; epoch++)
        {
            counts[Sparse.Draw(5, epoch, 2, 70)]++;
        }

        counts.ShouldAllBe(c => c > 850 && c < 1150);
    }

    [Fact]
    public void AnEpochHoldsEveryVideoOnce()
    {
        IReadOnlyList<int[]> batches = EpochOrder.Batches(1, 4, 1000, 128, dropLast: false);
        batches.SelectMany(b => b).Order().ShouldBe(Enumerable.Range(0, 1000));
        batches.Count.ShouldBe(EpochOrder.CountOf(1000, 128, dropLast: false));
        EpochOrder.Batches(1, 4, 1000, 128, dropLast: true).SelectMany(b => b).ShouldBe(batches.Take(7).SelectMany(b => b));
        EpochOrder.CountOf(1000, 128, dropLast: true).ShouldBe(7);
        EpochOrder.Batches(1, 5, 1000, 128, dropLast: false)[0].ShouldNotBe(batches[0]);
        EpochOrder.Batches(1, 4, 1000, 128, dropLast: false)[0].ShouldBe(batches[0]);
    }

    [Fact]
    public void AnOnlyBatchIsNeverDropped()
    {
        EpochOrder.Batches(1, 0, 5, 128, dropLast: true).Single().Length.ShouldBe(5);
        EpochOrder.CountOf(5, 128, dropLast: true).ShouldBe(1);
    }
}
