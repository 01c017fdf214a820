using CsCheck;
using Evoke.Curves.Metrics;

namespace Evoke.Curves.Tests.Metrics;

public sealed class PairedStatisticsTests
{
    private static readonly Gen<(double[] X, double[] Y)> s_pairs =
        Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1]).Array[2, 100]
            .Select(pairs => (pairs.Select(p => p.Item1).ToArray(), pairs.Select(p => p.Item2).ToArray()));

    [Fact]
    public void PearsonIsTheChallenges()
    {
        double[] expected = GoldenSignal.Read("pearson");
        for (int emotion = 0; emotion < GoldenSignal.Emotions; emotion++)
        {
            double[] reference = GoldenSignal.Column("reference_6hz", emotion);
            PairedStatistics.Of(GoldenSignal.Column("interpolated_6hz", emotion).AsSpan(0, reference.Length), reference).Pearson
                .ShouldBe(expected[emotion], GoldenSignal.Tolerance);
        }

        expected[3].ShouldBe(0);
    }

    [Fact]
    public void PearsonIsItsFormula() => s_pairs.Sample((x, y) =>
    {
        (double meanX, double meanY) = (x.Average(), y.Average());
        double numerator = x.Zip(y).Sum(p => (p.First - meanX) * (p.Second - meanY));
        double denominator = Math.Sqrt(x.Sum(v => (v - meanX) * (v - meanX)) * y.Sum(v => (v - meanY) * (v - meanY))) + 1e-6;
        PairedStatistics.Of(x, y).Pearson.ShouldBe(numerator / denominator, 1e-9);
    });

    [Fact]
    public void ConcordanceIsItsFormula() => s_pairs.Sample((x, y) =>
    {
        (double meanX, double meanY) = (x.Average(), y.Average());
        double covariance = x.Zip(y).Average(p => (p.First - meanX) * (p.Second - meanY));
        double denominator = x.Average(v => (v - meanX) * (v - meanX)) + y.Average(v => (v - meanY) * (v - meanY)) + ((meanX - meanY) * (meanX - meanY));
        PairedStatistics.Of(x, y).Concordance.ShouldBe(denominator == 0 ? 0 : 2 * covariance / denominator, 1e-9);
    });

    [Fact]
    public void PearsonIsInvariantToScaleAndShift() => Gen.Select(s_pairs, Gen.Double[1, 100], Gen.Double[-10, 10]).Sample((pairs, scale, shift) =>
    {
        // The 1e-6 in the denominator affects flat curves only; these vary by at least 0.1.
        double[] x = [0, 1, .. pairs.X];
        double[] y = [0.1, 0, .. pairs.Y];
        double before = PairedStatistics.Of(x, y).Pearson;
        PairedStatistics.Of([.. x.Select(v => (v * scale) + shift)], y).Pearson.ShouldBe(before, 2e-5);
        PairedStatistics.Of(x, [.. y.Select(v => (v * -scale) + shift)]).Pearson.ShouldBe(-before, 2e-5);
    });

    [Fact]
    public void ScoresAreNeverNotANumberAndStayWithinOne() =>
        Gen.Select(
            Gen.OneOf(Gen.Double[-1e9, 1e9], Gen.Const(0.0), Gen.Const(0.3)),
            Gen.OneOf(Gen.Double[-1e-9, 1e-9], Gen.Const(0.0), Gen.Const(0.7))).Array[0, 20].Sample(pairs =>
        {
            PairedStatistics statistics = PairedStatistics.Of([.. pairs.Select(p => p.Item1)], [.. pairs.Select(p => p.Item2)]);
            statistics.Pearson.ShouldBeInRange(-1 - 1e-9, 1 + 1e-9);
            statistics.Concordance.ShouldBeInRange(-1 - 1e-9, 1 + 1e-9);
        });

    [Fact]
    public void AConstantCurveScoresZero() => Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1].Array[1, 50]).Sample((constant, y) =>
    {
        double[] x = [.. Enumerable.Repeat(constant, y.Length)];
        PairedStatistics.Of(x, y).Pearson.ShouldBe(0);
        PairedStatistics.Of(y, x).Pearson.ShouldBe(0);
        PairedStatistics.Of(x, y).Concordance.ShouldBe(0);
        PairedStatistics.Of(x, x).Concordance.ShouldBe(0);
    });

    [Fact]
    public void MergingPartsIsAddingAllPairs() => Gen.Select(s_pairs, Gen.Int[0, 100]).Sample((pairs, at) =>
    {
        int cut = Math.Min(at, pairs.X.Length);
        PairedStatistics merged = PairedStatistics.Of(pairs.X.AsSpan(..cut), pairs.Y.AsSpan(..cut));
        merged.Merge(PairedStatistics.Of(pairs.X.AsSpan(cut..), pairs.Y.AsSpan(cut..)));
        PairedStatistics whole = PairedStatistics.Of(pairs.X, pairs.Y);
        merged.Count.ShouldBe(whole.Count);
        merged.Pearson.ShouldBe(whole.Pearson, 1e-9);
        merged.Concordance.ShouldBe(whole.Concordance, 1e-9);
    });

    [Fact]
    public void CurvesOfDifferentLengthAreAnError() => Should.Throw<ArgumentException>(() => PairedStatistics.Of([1, 2], [1]));
}
