using Evoke.Curves.Interpolation;

namespace Evoke.Curves.Tests.Interpolation;

public sealed class CurveLagTests
{
    private static readonly EmotionScheme s_joy = new(["joy"]);

    [Theory]
    [InlineData(0, new float[] { 1, 2, 4, 8 })]
    [InlineData(0.5, new float[] { 2, 4, 8 })]
    [InlineData(1.25, new float[] { 6 })]
    [InlineData(1.5, new float[] { 8 })]
    public void CurvesAreMovedEarlierAndInterpolatedBetweenSteps(double lag, float[] expected) =>
        CurveLag.Remove(Curve(1, 2, 4, 8), lag).Values.ToArray().ShouldBe(expected);

    [Fact]
    public void ARowWithoutLabelsIsNotMixedIntoItsNeighbours()
    {
        EmotionScheme zerosAreMissing = new(["joy"], zeroRowsAreMissing: true);
        CurveLag.Remove(new EmotionCurves(zerosAreMissing, new TimeGrid(new Rate(2), 4), [1, 0, 3, 5]), 0.2).Values.ToArray().ShouldBe([1, 0, 3.8f], 1e-6);
        CurveLag.Remove(Curve(1, 0, 3, 5), 0.2).Values.ToArray().ShouldBe([0.6f, 1.2f, 3.8f], 1e-6);
        float[] beside = CurveLag.Remove(Curve(1, float.NaN, 3, 5), 0.2).Values.ToArray();
        (beside[0], beside[1]).ShouldBe((1, float.NaN));
        beside[2].ShouldBe(3.8f, 1e-6f);
    }

    [Theory]
    [InlineData(0.1, new[] { 1.4f, 11, 3, 15, float.NaN, float.NaN, 5, float.NaN })] // a fifth of a step: the first of two is nearer
    [InlineData(0.4, new[] { 2.6f, 14, float.NaN, float.NaN, 5, float.NaN, 5, 50 })] // four fifths: the second is
    public void BesideAMissingLabelTheNearerOneIsTaken(double lag, float[] expected)
    {
        EmotionScheme two = new(["joy", "fear"]);
        float no = float.NaN;
        EmotionCurves curves = new(two, new TimeGrid(new Rate(2), 5), [1, 10, 3, 15, no, no, 5, no, 5, 50]);
        EmotionCurves moved = CurveLag.Remove(curves, lag);
        moved.Grid.ShouldBe(new TimeGrid(new Rate(2), 4));
        moved.Values.ToArray().Select(value => MathF.Round(value, 5)).ShouldBe(expected);
    }

    [Fact]
    public void ALagOfWholeStepsMovesValuesBitForBit() =>
        CurveLag.Remove(Curve(0.1f, 1e-9f, 0.1f, 1e-9f), 1.5).Values.ToArray().ShouldBe([1e-9f]);

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void ALagIsAFiniteNumberOfSeconds(double lag)
    {
        ArgumentOutOfRangeException error = Should.Throw<ArgumentOutOfRangeException>(() => CurveLag.Remove(Curve(1, 2), lag));
        error.ParamName.ShouldBe("seconds");
        error.Message.ShouldStartWith("A lag must be a finite number of seconds, 0 or more.");
        Should.Throw<ArgumentNullException>(() => CurveLag.Remove(null!, 1)).ParamName.ShouldBe("curves");
    }

    [Fact]
    public void ALagMustBeShorterThanTheCurveAndNotNegative()
    {
        Should.Throw<ArgumentException>(() => CurveLag.Remove(Curve(1, 2), 1)).Message.ShouldContain("not longer than a lag of 1 s");
        Should.Throw<ArgumentOutOfRangeException>(() => CurveLag.Remove(Curve(1, 2), -1));
    }

    private static EmotionCurves Curve(params float[] values) => new(s_joy, new TimeGrid(new Rate(2), values.Length), values);
}
