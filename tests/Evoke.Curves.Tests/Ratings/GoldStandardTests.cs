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
        GoldStandard.Of(s_film, GoldStandardKind.Mean).IsUnweighted.ShouldBeFalse();
        Should.Throw<ArgumentNullException>(() => GoldStandard.Of(null!, GoldStandardKind.Mean)).ParamName.ShouldBe("curve");
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
    public void WhereHalfOfTheRatersHaveAValueThereIsACurve()
    {
        const double None = double.NaN;
        GoldStandard four = GoldStandard.Of(Rated([1, 1], [3, None], [None, None], [None, None]), GoldStandardKind.Mean);
        (four.Values[0], four.Values[1], four.Spread[0]).ShouldBe((2, None, Math.Sqrt(2)));
        GoldStandard five = GoldStandard.Of(Rated([1], [3], [None], [None], [None]), GoldStandardKind.Mean);
        (five.Values[0], five.Spread[0]).ShouldBe((None, None));
        GoldStandard two = GoldStandard.Of(Rated([7], [None]), GoldStandardKind.Median);
        (two.Values[0], two.Spread[0]).ShouldBe((7, None));
    }

    [Fact]
    public void OneRatersCurveIsTheirsWhateverTheKind()
    {
        foreach (GoldStandardKind kind in Enum.GetValues<GoldStandardKind>())
        {
            GoldStandard gold = GoldStandard.Of(Rated([1, 2, 4]), kind);
            gold.Values.ShouldBe([1, 2, 4]);
            (gold.Weights[0], gold.IsUnweighted).ShouldBe((1, false), "there are no others to agree with");
        }
    }

    [Fact]
    public void APublishedCurveHasNoWeightsAndADeviationForEachValue()
    {
        GoldStandard gold = GoldStandard.Published([1, 2], [0.5, double.NaN]);
        (gold.Values[1], gold.Spread[0], gold.Weights.Length, gold.IsUnweighted).ShouldBe((2, 0.5, 0, false));
        ArgumentException error = Should.Throw<ArgumentException>(() => GoldStandard.Published([1, 2], [0.5]));
        error.ParamName.ShouldBe("spread");
        error.Message.ShouldStartWith("Expected as many deviations as values; found 1 and 2.");
    }

    [Fact]
    public void ZScoresAreInDeviationsAndWhoeverHasNoneIsLeftOut()
    {
        TimeGrid grid = new(new Rate(1), 3);
        const double None = double.NaN;
        RatedCurve curve = new("one", "joy", ["a", "two", "still", "none"], grid, [[1, 3, 5], [1, None, 3], [0.1, 0.1, 0.1], [None, None, None]]);
        RatedCurve left = new("one", "fear", ["a"], grid, [[2, 2, 2]]);

        RatedCurve scored = RaterScale.Standardise([curve, left]).ShouldHaveSingleItem();

        scored.Raters.ShouldBe(["a", "two"]);
        scored.Of(0).ToArray().ShouldBe([-1, 0, 1]);
        scored.Of(1).ToArray().ShouldBe([-1 / Math.Sqrt(2), None, 1 / Math.Sqrt(2)]);
        Should.Throw<ArgumentNullException>(() => RaterScale.Standardise(null!)).ParamName.ShouldBe("curves");
    }

    [Fact]
    public void ARatedCurveIsCompleteAndHasEachRaterOnce()
    {
        TimeGrid grid = new(new Rate(1), 2);
        Should.Throw<ArgumentException>(() => new RatedCurve("", "joy", ["a"], grid, [[1, 2]])).ParamName.ShouldBe("videoId");
        Should.Throw<ArgumentException>(() => new RatedCurve("film", "", ["a"], grid, [[1, 2]])).ParamName.ShouldBe("curve");
        Should.Throw<ArgumentNullException>(() => new RatedCurve("film", "joy", ["a"], grid, null!)).ParamName.ShouldBe("values");
        const string Wrong = "Video 'film', joy: expected 2 raters with 2 values each.";
        Should.Throw<ArgumentException>(() => new RatedCurve("film", "joy", ["a", "b"], grid, [[1, 2]])).Message.ShouldStartWith(Wrong);
        Should.Throw<ArgumentException>(() => new RatedCurve("film", "joy", ["a", "b"], grid, [[1, 2], [1]])).Message.ShouldStartWith(Wrong);
        Should.Throw<ArgumentException>(() => new RatedCurve("film", "joy", ["a", "a"], grid, [[1, 2], [1, 2]])).Message
            .ShouldStartWith("Video 'film', joy: a rater appears twice.");
    }

    [Fact]
    public void MissingValuesDoNotMakeARaterMove()
    {
        const double None = double.NaN;
        RatedCurve curve = Rated([None, 3, None, 3], [None, 3, None, 4], [None, None, None, None]);
        (curve.IsConstant(0), curve.IsConstant(1), curve.IsConstant(2)).ShouldBe((true, false, true));
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
