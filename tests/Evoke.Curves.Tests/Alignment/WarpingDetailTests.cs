using CsCheck;
using Evoke.Curves.Alignment;

namespace Evoke.Curves.Tests.Alignment;

public sealed class WarpingDetailTests
{
    [Fact]
    public void TheCostOfAPairIsItsEuclideanDistanceWhateverTheWidth() =>
        Gen.Int[1, 40].SelectMany(width => Gen.Select(Gen.Float[-1, 1].Array[width], Gen.Float[-1, 1].Array[width])).Sample((a, b) =>
        {
            double expected = Math.Sqrt(a.Zip(b).Sum(pair => ((double)pair.First - pair.Second) * ((double)pair.First - pair.Second)));
            DynamicTimeWarping.Align(a, b, a.Length).MeanCost.ShouldBe(expected, 1e-5);
        });

    [Fact]
    public void TheMeanIsOverThePairsOfThePath()
    {
        // (0,0) costs 5, (1,1) costs 0, (1,2) costs 10.
        Curves.Alignment.Alignment alignment = DynamicTimeWarping.Align([0, 0, 100, 0], [3, 4, 100, 0, 110, 0], width: 2);
        alignment.Path.ShouldBe([new(0, 0), new(1, 1), new(1, 2)]);
        alignment.MeanCost.ShouldBe(5, 1e-12);
        alignment.SecondForFirst.ShouldBe([0, 1]);
    }

    [Fact]
    public void OfSeveralMatchesTheNearestCountsAndOfEquallyNearTheFirst()
    {
        DynamicTimeWarping.Align([5], [9, 4, 6, 1], width: 1).SecondForFirst.ShouldBe([1]);
        DynamicTimeWarping.Align([5], [9, 6, 4, 5, 5], width: 1).SecondForFirst.ShouldBe([3]);
    }

    [Fact]
    public void TheNearestIsFoundInRowsOfSeveralNumbers() =>
        DynamicTimeWarping.Align([100, 100, 5, 5], [100, 100, 4, 4, 9, 9, 6, 6], width: 2).SecondForFirst.ShouldBe([0, 1]);

    [Fact]
    public void EqualSequencesAlignStepByStepEvenIfTheyNeverChange()
    {
        float[] constant = [7, 7, 7, 7];
        DynamicTimeWarping.Align(constant, constant, width: 1).Path.ShouldBe([new(0, 0), new(1, 1), new(2, 2), new(3, 3)]);
    }

    [Fact]
    public void OneStepMatchesAllSteps()
    {
        Curves.Alignment.Alignment wide = DynamicTimeWarping.Align([1], [1, 2, 3], width: 1);
        wide.Path.ShouldBe([new(0, 0), new(0, 1), new(0, 2)]);
        wide.MeanCost.ShouldBe(1);
        Curves.Alignment.Alignment tall = DynamicTimeWarping.Align([1, 2, 3], [1], width: 1);
        tall.Path.ShouldBe([new(0, 0), new(1, 0), new(2, 0)]);
        tall.SecondForFirst.ShouldBe([0, 0, 0]);
        tall.MeanCost.ShouldBe(1);
    }

    [Fact]
    public void AStepOfEitherSequenceIsTakenWhereItIsCheaper()
    {
        DynamicTimeWarping.Align([0, 10, 10, 20], [0, 10, 20], width: 1).Path.ShouldBe([new(0, 0), new(1, 1), new(2, 1), new(3, 2)]);
        DynamicTimeWarping.Align([0, 10, 20], [0, 10, 10, 20], width: 1).Path.ShouldBe([new(0, 0), new(1, 1), new(1, 2), new(2, 3)]);
    }

    [Fact]
    public void WhatIsNotASequenceIsSaid()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => DynamicTimeWarping.Align([1], [1], width: 0)).ParamName.ShouldBe("width");
        ArgumentException first = Should.Throw<ArgumentException>(() => DynamicTimeWarping.Align([1, 2, 3], [1, 2], width: 2));
        first.ParamName.ShouldBe("first");
        first.Message.ShouldStartWith("A sequence of rows of 2 numbers must hold a positive multiple of 2 numbers; found 3.");
        Should.Throw<ArgumentException>(() => DynamicTimeWarping.Align([1, 2], [], width: 2)).ParamName.ShouldBe("second");
    }
}
