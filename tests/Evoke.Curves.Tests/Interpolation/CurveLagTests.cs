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

    [Fact]
    public void ALagMustBeShorterThanTheCurveAndNotNegative()
    {
        Should.Throw<ArgumentException>(() => CurveLag.Remove(Curve(1, 2), 1)).Message.ShouldContain("not longer than a lag of 1 s");
        Should.Throw<ArgumentOutOfRangeException>(() => CurveLag.Remove(Curve(1, 2), -1));
    }

    private static EmotionCurves Curve(params float[] values) => new(s_joy, new TimeGrid(new Rate(2), values.Length), values);
}
