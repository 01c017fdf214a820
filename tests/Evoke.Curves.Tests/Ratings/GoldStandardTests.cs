using Evoke.Curves.Ratings;

namespace Evoke.Curves.Tests.Ratings;

public sealed class GoldStandardTests
{
    private static readonly RatedCurve s_film = Rated([1, 2, 3, 4], [2, 3, 4, 5], [9, 7, 8, 0]);

    [Fact]
    public void MeanMedianAndSpreadAreThoseOfTheRatersAtEachStep()
    {
        GoldStandard.Of(s_film, GoldStandardKind.Mean).Values.ShouldBe([4, 4, 5, 3]);
        GoldStandard.Of(s_film, GoldStandardKind.Median).Values.ShouldBe([2, 3, 4, 4]);
        GoldStandard.Of(Rated([1, 5], [3, 5]), GoldStandardKind.Median).Values.ShouldBe([2, 5]);
        GoldStandard.Of(Rated([1, 5], [3, 5]), GoldStandardKind.Mean).Spread.ShouldBe([Math.Sqrt(2), 0]);
    }

    [Fact]
    public void ARaterWhoGoesAgainstTheOthersHasNoWeight()
    {
        GoldStandard gold = GoldStandard.Of(Rated([1, 2, 3, 4], [2, 3, 4, 5], [0, 2, 2, 4], [4, 3, 2, 1]), GoldStandardKind.Ewe);

        gold.Weights[3].ShouldBe(0);
        gold.Weights.Take(3).ShouldAllBe(weight => weight > 0.5);
        gold.IsUnweighted.ShouldBeFalse();
    }

    [Fact]
    public void WeightsAreCorrelationsWithTheOthersNotWithAll()
    {
        GoldStandard gold = GoldStandard.Of(Rated([1, 2, 3, 4], [1, 2, 3, 5], [2, 1, 4, 4]), GoldStandardKind.Ewe);

        gold.Weights[0].ShouldBe(Pearson([1, 2, 3, 4], [1.5, 1.5, 3.5, 4.5]), 1e-12);
        gold.Values[1].ShouldBe(((2 * gold.Weights[0]) + (2 * gold.Weights[1]) + gold.Weights[2]) / gold.Weights.Sum(), 1e-12);
    }

    [Fact]
    public void RatersOfWhomNoneAgreesGiveTheirMeanAndThatIsKnown()
    {
        GoldStandard gold = GoldStandard.Of(Rated([1, 2, 3], [3, 2, 1]), GoldStandardKind.Ewe);

        gold.IsUnweighted.ShouldBeTrue();
        gold.Values.ShouldBe([2, 2, 2]);
    }

    [Fact]
    public void ThereIsNoCurveWhereFewerThanHalfOfTheRatersHaveAValue()
    {
        const double None = double.NaN;
        GoldStandard gold = GoldStandard.Of(Rated([1, 1, 1, None], [3, 3, None, None], [5, None, None, None]), GoldStandardKind.Mean);

        gold.Values.ShouldBe([3, 2, None, None]);
        gold.Spread.ShouldBe([2, Math.Sqrt(2), None, None]);
    }

    [Fact]
    public void ZScoresAreOfEachRaterOverAllVideosAndConstantRatersAreLeftOut()
    {
        RatedCurve first = new("one", "joy", ["a", "b"], new TimeGrid(new Rate(1), 2), [[1, 2], [7, 7]]);
        RatedCurve second = new("two", "joy", ["a", "b"], new TimeGrid(new Rate(1), 1), [[3], [7]]);

        RatedCurve[] scored = [.. RaterScale.Standardise([first, second])];

        scored[0].Raters.ShouldBe(["a"]);
        scored[0].Of(0).ToArray().ShouldBe([-1, 0]);
        scored[1].Of(0).ToArray().ShouldBe([1]);
    }

    private static RatedCurve Rated(params double[][] values) =>
        new("film", "joy", [.. values.Select((_, i) => $"rater{i}")], new TimeGrid(new Rate(1), values[0].Length), values);

    private static double Pearson(double[] x, double[] y)
    {
        double xy = x.Zip(y, (a, b) => (a - x.Average()) * (b - y.Average())).Sum();
        return xy / Math.Sqrt(x.Sum(a => Math.Pow(a - x.Average(), 2)) * y.Sum(b => Math.Pow(b - y.Average(), 2)));
    }
}
