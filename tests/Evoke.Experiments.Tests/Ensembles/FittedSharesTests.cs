using CsCheck;
using Evoke.Curves.Metrics;
using Evoke.Experiments.Ensembles;

namespace Evoke.Experiments.Tests.Ensembles;

public sealed class FittedSharesTests
{
    private static readonly Gen<(double[] Gram, double[] Cross)> Problems =
        from members in Gen.Int[1, 6]
        from curves in Gen.Double[-1, 1].Array[12].Array[members]
        from labels in Gen.Double[-1, 1].Array[12]
        select (
            (double[])[.. from one in curves from other in curves select Product(one, other)],
            (double[])[.. curves.Select(curve => Product(curve, labels))]);

    [Fact]
    public void LeastSquaresEndsWhereNoAllowedStepGoesDown() => Problems.Sample(problem =>
    {
        double[] weights = NonNegativeLeastSquares.Solve(problem.Gram, problem.Cross);
        for (int j = 0; j < weights.Length; j++)
        {
            double slope = Enumerable.Range(0, weights.Length).Sum(k => problem.Gram[(j * weights.Length) + k] * weights[k]) - problem.Cross[j];
            weights[j].ShouldBeGreaterThanOrEqualTo(0);
            slope.ShouldBeGreaterThan(-1e-5);
            (weights[j] * slope).ShouldBe(0, 1e-5);
        }
    });

    [Fact]
    public void MomentsScoreAWeightedMeanAsItsCurveWould() =>
        Gen.Select(Gen.Float[0, 1].Array[30], Gen.Float[0, 1].Array[30], Gen.Float[0, 1].Array[30], Gen.Double[0, 1]).Sample((labels, one, other, share) =>
    {
        double[] mixed = [.. one.Zip(other, (x, y) => (share * x) + ((1 - share) * y))];
        double expected = PairedStatistics.Of(Array.ConvertAll(labels, value => (double)value), mixed).Pearson;
        CurveMoments.Of(labels, [one, other]).PearsonOf([share, 1 - share]).ShouldBe(expected, 1e-7);
    });

    [Fact]
    public void EachEmotionGoesToWhoKnowsIt()
    {
        // Member 0 predicts the first emotion, member 1 the second; their other predictions are noise of the same size.
        FittedShares fitted = FittedShares.Fit([.. Enumerable.Range(0, 20).Select(video => (CurveMoments[])[Known(video, 0), Known(video, 1)])]);
        fitted.Shares[0][0].ShouldBeGreaterThan(0.9);
        fitted.Shares[1][1].ShouldBeGreaterThan(0.9);
        fitted.Shares.ShouldAllBe(member => member.All(share => share >= 0));
        Enumerable.Range(0, 2).Select(emotion => fitted.Shares.Sum(member => member[emotion])).ShouldAllBe(sum => Math.Abs(sum - 1) < 1e-9);
        fitted.Shrinkage.ShouldBe(0);
        fitted.CrossValidatedPearson!.Value.ShouldBeGreaterThan(0.9);

        static CurveMoments Known(int video, int member)
        {
            float[] labels = Noise($"{video} {member} labels");
            float[][] members = [Noise($"{video} {member} zero"), Noise($"{video} {member} one")];
            members[member] = [.. labels.Select((label, i) => (0.1f * label) + (0.02f * members[member][i]))]; // small, but correct
            members[1 - member] = [.. members[1 - member].Select(value => 0.1f * value)];
            return CurveMoments.Of(labels, members);
        }
    }

    [Fact]
    public void WhereNothingIsToBeLearntThePlainMeanStays()
    {
        FittedShares alike = FittedShares.Fit([.. Enumerable.Range(0, 6).Select(video =>
        {
            float[] labels = Noise($"{video} labels"), curve = [.. Noise($"{video} curve").Zip(labels, (noise, label) => noise + label)];
            return (CurveMoments[])[CurveMoments.Of(labels, [curve, curve, curve])];
        })]);
        alike.Shares.ShouldAllBe(member => Math.Abs(member[0] - (1.0 / 3)) < 1e-9);
        FittedShares.Fit([[CurveMoments.Of([0, 1, 0], [[0, 1, 0], [0, 0, 1]])]]).ShouldSatisfyAllConditions(
            one => one.Shares.ShouldAllBe(member => member[0] == 0.5),
            one => one.CrossValidatedPearson.ShouldBeNull());
    }

    [Fact]
    public void AVideoCountsAlikeHoweverLargeItsCurvesAre()
    {
        double[] small = Fit(1), large = Fit(1000);
        small.Zip(large, (x, y) => Math.Abs(x - y)).Max().ShouldBeLessThan(1e-6);

        static double[] Fit(float size) => [.. FittedShares.Fit([.. Enumerable.Range(0, 10).Select(video =>
        {
            float scale = video < 3 ? size : 1;
            float[] labels = [.. Noise($"{video} labels").Select(value => scale * value)];
            float[][] members =
            [
                .. Enumerable.Range(0, 3)
                    .Select(member => Noise($"{video} member {member}").Zip(labels, (noise, label) => ((member + 1) * scale * noise) + label).ToArray()),
            ];
            return (CurveMoments[])[CurveMoments.Of(labels, members)];
        })]).Shares.Select(member => member[0])];
    }

    private static float[] Noise(string name) => [.. Enumerable.Range(0, 60).Select(i => (float)Evoke.Testing.GoldenTensor.Unit(name, i))];

    private static double Product(double[] x, double[] y) => x.Zip(y, (a, b) => a * b).Sum();
}
