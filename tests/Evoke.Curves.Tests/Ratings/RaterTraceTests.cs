using Evoke.Curves.Ratings;

namespace Evoke.Curves.Tests.Ratings;

public sealed class RaterTraceTests
{
    [Theory]
    [InlineData(0.5, 1)] // half an interval before the first sample
    [InlineData(0.4, double.NaN)]
    [InlineData(1.25, 1.5)]
    [InlineData(2, 3)]
    [InlineData(3.5, 8)]
    [InlineData(3.6, double.NaN)]
    public void ALineRunsFromSampleToSampleAndEachSampleReachesHalfAnInterval(double seconds, double expected) =>
        new RaterTrace("a", [1, 2, 3], [1, 3, 8]).At(seconds).ShouldBe(expected);

    [Theory]
    [InlineData(0.9, double.NaN)]
    [InlineData(1, 1)]
    [InlineData(1.9, 1)]
    [InlineData(2.5, double.NaN)]
    [InlineData(3, 8)]
    [InlineData(3.1, double.NaN)]
    public void AStepHoldsUntilTheNextSample(double seconds, double expected) =>
        new RaterTrace("a", [1, 2, 3], [1, double.NaN, 8], TraceKind.Steps).At(seconds).ShouldBe(expected);

    [Fact]
    public void NothingIsInterpolatedAcrossAMissingValue()
    {
        RaterTrace trace = new("a", [0, 1, 2, 3, 4], [0, 1, double.NaN, 3, 4]);

        trace.At(1).ShouldBe(1);
        trace.At(1.5).ShouldBe(double.NaN);
        trace.At(2.5).ShouldBe(double.NaN);
        trace.At(3).ShouldBe(3);
    }

    [Fact]
    public void ATraceMovedEarlierHasItsValuesEarlier() => new RaterTrace("a", [3, 4, 5], [1, 2, 3]).Earlier(3).At(0.5).ShouldBe(1.5);

    [Theory]
    [InlineData(new double[] { 1 }, 0)]
    [InlineData(new double[] { 1, 3 }, 2)]
    [InlineData(new double[] { 0, 1, 4, 5 }, 1)]
    [InlineData(new double[] { 0, 1, 2, 9 }, 1)]
    public void TheIntervalIsTheMedianDistanceOfSamples(double[] seconds, double interval)
    {
        RaterTrace trace = new("a", [.. seconds], [.. seconds]);
        trace.IntervalSeconds.ShouldBe(interval);
        trace.EndSeconds.ShouldBe(seconds[^1] + (interval / 2));
        trace.At(trace.EndSeconds).ShouldBe(seconds[^1]);
        new RaterTrace("a", [.. seconds], [.. seconds], TraceKind.Steps).EndSeconds.ShouldBe(seconds[^1]);
    }

    [Fact]
    public void ATraceHasARaterAndAsManyValuesAsTimes()
    {
        Should.Throw<ArgumentException>(() => new RaterTrace("", [0], [0])).ParamName.ShouldBe("rater");
        Should.Throw<ArgumentException>(() => new RaterTrace("a", [0, 1], [0])).Message
            .ShouldStartWith("A trace needs as many values as times, at least one; found 2 times and 1 values.");
    }

    [Fact]
    public void TracesAreRejectedWhoseTimesDoNotGrowOrWhoseValuesAreInfinite()
    {
        Should.Throw<ArgumentException>(() => new RaterTrace("a", [0, 1, 1], [0, 0, 0])).Message.ShouldContain("Sample 2 of rater 'a'");
        Should.Throw<ArgumentException>(() => new RaterTrace("a", [0], [double.PositiveInfinity]));
        Should.Throw<ArgumentException>(() => new RaterTrace("a", [], []));
        Should.Throw<ArgumentException>(() => new RaterTrace("a", [0, 1], [0]));
    }

    [Fact]
    public void ARatedCurveIsAsLongAsItsLongestTrace()
    {
        RatedCurve curve = RatedCurve.Of(
            "film", "joy", [new RaterTrace("a", [0, 1, 2], [0, 1, 2]), new RaterTrace("b", [0, 1, 2, 3, 4], [5, 5, 5, 5, 5])], new Rate(2));

        curve.Grid.Count.ShouldBe(9);
        curve.Of(0).ToArray().ShouldBe([0, 0.5, 1, 1.5, 2, 2, double.NaN, double.NaN, double.NaN]);
        (curve.IsConstant(0), curve.IsConstant(1)).ShouldBe((false, true));
    }
}
