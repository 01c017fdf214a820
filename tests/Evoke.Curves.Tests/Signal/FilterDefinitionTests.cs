using CsCheck;
using Evoke.Curves.Signal;

namespace Evoke.Curves.Tests.Signal;

/// <summary>What the filters are by their definitions, beside the figures of scipy.</summary>
public sealed class FilterDefinitionTests
{
    [Theory]
    [InlineData(0.05)]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void AButterworthFilterPassesAConstantAndHalfThePowerAtItsCutoff(double cutoff)
    {
        ButterworthFilter filter = new(cutoff);
        Gain(filter, 0).ShouldBe(1, 1e-12);
        Gain(filter, Math.PI * cutoff).ShouldBe(Math.Sqrt(0.5), 1e-12);
        Gain(filter, Math.PI).ShouldBe(0, 1e-12);
        filter.Denominator[0].ShouldBe(1);
    }

    [Fact]
    public void AButterworthFilterOfHalfTheNyquistFrequencyHasItsKnownCoefficients()
    {
        // tan(pi/4) is 1: b0 = 1 / (2 + sqrt 2), a1 = 0, a2 = (2 - sqrt 2) / (2 + sqrt 2).
        ButterworthFilter filter = new(0.5);
        double root = Math.Sqrt(2);
        filter.Numerator.ShouldBe([1 / (2 + root), 2 / (2 + root), 1 / (2 + root)], 1e-15);
        filter.Denominator.ShouldBe([1, 0, (2 - root) / (2 + root)], 1e-15);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.1)]
    [InlineData(1)]
    [InlineData(1.5)]
    public void ACutoffIsAboveZeroAndBelowTheNyquistFrequency(double cutoff) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new ButterworthFilter(cutoff)).ParamName.ShouldBe("cutoff");

    [Fact]
    public void AButterworthFilterIsLinearAboveZero() =>
        Gen.Int[1, 30].SelectMany(length => Gen.Select(Gen.Double[0, 1].Array[length], Gen.Double[0, 1].Array[length])).Sample((x, y) =>
        {
            // Raised so far that the filtered curves stay above 0.
            double[] a = [.. x.Select(v => v + 10)];
            double[] b = [.. y.Select(v => v + 10)];
            double[] sum = LabelFilter.Butterworth.Apply([.. a.Zip(b).Select(p => p.First + (2 * p.Second))]);
            sum.ShouldBe(LabelFilter.Butterworth.Apply(a).Zip(LabelFilter.Butterworth.Apply(b)).Select(p => p.First + (2 * p.Second)), 1e-9);
        });

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(30)]
    public void AnExtendedCurveIsFilteredForwardAndBackward(int length)
    {
        double[] curve = [.. Enumerable.Range(0, length).Select(i => 5 + Math.Sin(i * 1.3) + (0.1 * i))];
        new ButterworthFilter(0.3).Apply(curve).ShouldBe(FiltFilt(new ButterworthFilter(0.3), curve), 1e-12);
    }

    [Fact]
    public void NoCurveStaysNone()
    {
        LabelFilter.Butterworth.Apply([]).ShouldBeEmpty();
        LabelFilter.Gaussian.Apply([]).ShouldBeEmpty();
        LabelFilter.Median.Apply([]).ShouldBeEmpty();
        Should.Throw<ArgumentNullException>(() => LabelFilter.Median.Apply((EmotionCurves)null!)).ParamName.ShouldBe("curves");
    }

    [Theory]
    [InlineData(0.1, 0)]
    [InlineData(0.8, 3)]
    [InlineData(0.875, 4)] // 4 sigma and a half is 4
    [InlineData(1, 4)]
    [InlineData(2.5, 10)]
    public void AnImpulseBecomesTheTruncatedGaussian(double sigma, int radius)
    {
        double[] impulse = new double[41];
        impulse[20] = 1;
        double[] bell = [.. Enumerable.Range(-20, 41).Select(d => Math.Abs(d) <= radius ? Math.Exp(-d * d / (2 * sigma * sigma)) : 0)];
        double sum = bell.Sum();
        new GaussianFilter(sigma).Apply(impulse).ShouldBe(bell.Select(v => v / sum), 1e-15);
    }

    [Fact]
    public void BeyondItsEndsACurveIsMirroredAgainAndAgain() => Gen.Select(Gen.Double[0, 1].Array[1, 9], Gen.Double[0.2, 6]).Sample((curve, sigma) =>
    {
        // d c b a | a b c d | d c b a, often enough on both sides.
        double[] there = curve;
        double[] back = [.. curve.Reverse()];
        double[] wide = [.. Enumerable.Range(-30, 61).SelectMany(i => i % 2 == 0 ? there : back)];
        new GaussianFilter(sigma).Apply(curve).ShouldBe(new GaussianFilter(sigma).Apply(wide)[(30 * curve.Length)..(31 * curve.Length)], 1e-12);
    }, iter: 200);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void AStandardDeviationIsAFiniteNumberAboveZero(double sigma)
    {
        ArgumentOutOfRangeException error = Should.Throw<ArgumentOutOfRangeException>(() => new GaussianFilter(sigma));
        error.ParamName.ShouldBe("sigma");
        error.Message.ShouldStartWith("A standard deviation must be a finite number of steps above 0.");
    }

    [Fact]
    public void AMedianIsTheMiddleOfThree() => Gen.Double[-1, 1].Array[1, 30].Sample(curve =>
    {
        double[] padded = [0, .. curve, 0];
        LabelFilter.Median.Apply(curve).ShouldBe(curve.Select((_, i) => padded[i..(i + 3)].Order().ElementAt(1)));
    });

    private static double Gain(ButterworthFilter filter, double angle)
    {
        System.Numerics.Complex z = System.Numerics.Complex.FromPolarCoordinates(1, -angle);
        System.Numerics.Complex Value(IReadOnlyList<double> c) => c[0] + (c[1] * z) + (c[2] * z * z);
        return (Value(filter.Numerator) / Value(filter.Denominator)).Magnitude;
    }

    /// <summary>By the difference equation, as if the first value had always been there; extended by its rotation about its ends.</summary>
    private static double[] FiltFilt(ButterworthFilter filter, double[] curve)
    {
        int padding = Math.Min(9, curve.Length - 1);
        double[] extended =
        [
            .. curve.Skip(1).Take(padding).Reverse().Select(v => (2 * curve[0]) - v), .. curve,
            .. curve.Reverse().Skip(1).Take(padding).Select(v => (2 * curve[^1]) - v),
        ];
        double[] both = [.. Once([.. Once(extended).Reverse()]).Reverse()];
        return [.. both.Skip(padding).Take(curve.Length).Select(v => Math.Max(0, v))];

        double[] Once(double[] x)
        {
            double[] y = new double[x.Length];
            for (int n = 0; n < x.Length; n++)
            {
                double X(int k) => n - k < 0 ? x[0] : x[n - k];
                double Y(int k) => n - k < 0 ? x[0] : y[n - k];
                y[n] = (filter.Numerator[0] * X(0)) + (filter.Numerator[1] * X(1)) + (filter.Numerator[2] * X(2))
                    - (filter.Denominator[1] * Y(1)) - (filter.Denominator[2] * Y(2));
            }

            return y;
        }
    }
}
