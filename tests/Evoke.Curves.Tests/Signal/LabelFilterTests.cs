using CsCheck;
using Evoke.Curves.Signal;

namespace Evoke.Curves.Tests.Signal;

public sealed class LabelFilterTests
{
    private static readonly Gen<double[]> s_curve = Gen.Double[0, 1].Array[0, 40];

    public static TheoryData<LabelFilter> Filters => [LabelFilter.Butterworth, LabelFilter.Median, LabelFilter.Gaussian];

    [Fact]
    public void ButterworthIsScipys() => ShouldBeGolden(LabelFilter.Butterworth, "butterworth");

    [Fact]
    public void MedianIsScipys() => ShouldBeGolden(LabelFilter.Median, "median3");

    [Fact]
    public void GaussianIsScipys() => ShouldBeGolden(LabelFilter.Gaussian, "gaussian0.8");

    [Fact]
    public void ButterworthHasScipysCoefficients()
    {
        ButterworthFilter filter = new(0.2);
        filter.Numerator.ShouldBe(GoldenSignal.Read("butter.b"), 1e-15);
        filter.Denominator.ShouldBe(GoldenSignal.Read("butter.a"), 1e-15);
    }

    [Theory]
    [MemberData(nameof(Filters))]
    public void CurvesOfAnyLengthKeepTheirLengthAndRange(LabelFilter filter) => s_curve.Sample(curve =>
    {
        double[] filtered = filter.Apply(curve);
        filtered.Length.ShouldBe(curve.Length);
        filtered.ShouldAllBe(value => double.IsFinite(value) && value >= 0);
    });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(10)]
    public void AConstantStaysConstant(int length)
    {
        double[] constant = [.. Enumerable.Repeat(0.7, length)];
        LabelFilter.Butterworth.Apply(constant).ShouldBe(constant, 1e-12);
        LabelFilter.Gaussian.Apply(constant).ShouldBe(constant, 1e-12);
    }

    [Fact]
    public void FiltersAreBlindToTheDirectionOfTime() => s_curve.Sample(curve =>
    {
        // The forward-backward Butterworth filter is not exactly symmetric at the ends, so it is not tested here.
        double[] mirrored = [.. curve.Reverse()];
        LabelFilter.Median.Apply(mirrored).Reverse().ShouldBe(LabelFilter.Median.Apply(curve), 1e-12);
        LabelFilter.Gaussian.Apply(mirrored).Reverse().ShouldBe(LabelFilter.Gaussian.Apply(curve), 1e-12);
    });

    [Fact]
    public void ButterworthNeverGoesBelowZero() =>
        LabelFilter.Butterworth.Apply([0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]).Min().ShouldBe(0);

    [Fact]
    public void ASpikeOfOneStepDoesNotSurviveTheMedian() =>
        LabelFilter.Median.Apply([0.1, 0.1, 0.9, 0.1, 0.2, 0.2]).ShouldBe([0.1, 0.1, 0.1, 0.2, 0.2, 0.2]);

    [Fact]
    public void EachEmotionIsFilteredByItself()
    {
        EmotionCurves curves = new(new EmotionScheme(["a", "b"]), new TimeGrid(new Rate(1), 4), [1, 0, 5, 1, 1, 0, 1, 1]);
        EmotionCurves filtered = LabelFilter.Median.Apply(curves);
        filtered.Column(0).ShouldBe([1f, 1f, 1f, 1f]);
        filtered.Column(1).ShouldBe([0f, 0f, 1f, 0f]);
        filtered.Grid.ShouldBe(curves.Grid);
    }

    private static void ShouldBeGolden(LabelFilter filter, string name)
    {
        for (int emotion = 0; emotion < GoldenSignal.Emotions; emotion++)
        {
            filter.Apply(GoldenSignal.Column("curve_1hz", emotion)).ShouldBe(GoldenSignal.Column(name, emotion), GoldenSignal.Tolerance);
        }
    }
}
