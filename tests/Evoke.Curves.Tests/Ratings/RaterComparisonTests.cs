using Evoke.Curves.Ratings;

namespace Evoke.Curves.Tests.Ratings;

public sealed class RaterComparisonTests
{
    [Fact]
    public void ARaterWhoGoesAgainstTheOthersAndOneWhoNeverMovesAreOdd()
    {
        RaterTrace[] traces =
        [
            .. "abcde".Select((name, i) => Trace($"{name}", t => Math.Sin(t / 4) + (0.1 * i))),
            Trace("z", t => -Math.Sin(t / 4)),
            Trace("still", _ => 3),
        ];

        RaterSummary[] found = [.. RaterComparison.Of([RatedCurve.Of("film", "joy", traces, new Rate(2))])];

        found.Where(rater => rater.IsOdd).Select(rater => rater.Rater).ShouldBe(["still", "z"]);
        found.Single(rater => rater.Rater == "still").Constant.ShouldBe(1);
        found.Single(rater => rater.Rater == "z").WithOthers.ShouldNotBeNull().ShouldBeLessThan(0);
    }

    [Fact]
    public void ARaterWhoFollowsTheOthersHalfAsWellIsOddAndOneWhoIsALittleWorseIsNot()
    {
        RaterTrace[] traces =
        [
            .. "abcdef".Select((name, i) => Trace($"{name}", t => Math.Sin(t / 4) + (0.05 * Math.Sin((t * (i + 2)) + i)))),
            Trace("noisy", t => Math.Sin(t / 4) + (0.6 * Math.Sin(t / 0.9))),
            Trace("z", t => (0.35 * Math.Sin(t / 4)) + Math.Sin(t / 1.3)),
        ];

        RaterSummary[] found = [.. RaterComparison.Of([RatedCurve.Of("film", "joy", traces, new Rate(2))])];

        found.Single(rater => rater.Rater == "z").WithOthers.ShouldNotBeNull().ShouldBeGreaterThan(0.2);
        found.Single(rater => rater.Rater == "z").IsOdd.ShouldBeTrue();
        found.Where(rater => rater.IsOdd).ShouldHaveSingleItem();
    }

    [Fact]
    public void LagsOfRatersAreFoundRelativeToTheMedianRater()
    {
        (string Name, double Lag)[] raters = [("a", 2), ("b", 2), ("c", 2), ("late", 3.5), ("early", 1)];
        IReadOnlyList<RaterTrace>[] films =
        [
            [.. raters.Select(rater => Trace(rater.Name, t => Felt(t - rater.Lag)))],
            [.. raters.Select(rater => Trace(rater.Name, t => Felt(t + 40 - rater.Lag)))],
        ];

        IReadOnlyDictionary<string, double> lags = RaterLags.Estimate(films, new Rate(5));

        lags["a"].ShouldBe(0, 0.11);
        lags["late"].ShouldBe(1.5, 0.11);
        lags["early"].ShouldBe(-1, 0.11);
    }

    [Fact]
    public void ARaterWhoNeverMovesHasNoLag() =>
        RaterLags.Estimate([[Trace("a", Math.Sin), Trace("b", Math.Sin), Trace("still", _ => 1)]], new Rate(5))["still"].ShouldBe(0);

    [Fact]
    public void OfTwoRatersTheLaterIsLaterByWhatLiesBetweenThem()
    {
        IReadOnlyDictionary<string, double> lags = RaterLags.Estimate([[Trace("a", Felt), Trace("b", t => Felt(t - 1))]], new Rate(5));
        (lags["b"] - lags["a"]).ShouldBe(1, 0.051);
        lags.Values.ShouldContain(0); // the median rater
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(5, 4.5)]
    public void LagsAreFoundUpToTheLargestToTryInEitherDirection(double most, double lag)
    {
        RaterTrace[] traces = [.. "abcd".Select(name => Trace($"{name}", Felt)), Trace("late", t => Felt(t - lag)), Trace("early", t => Felt(t + lag))];
        IReadOnlyDictionary<string, double> lags = RaterLags.Estimate([traces], new Rate(5), most);
        lags["late"].ShouldBe(lag, 0.051);
        lags["early"].ShouldBe(-lag, 0.051);
        lags["a"].ShouldBe(0, 0.051);
    }

    [Fact]
    public void ARaterNeedNotHaveRatedEveryFilmAndAFilmOfOneRaterTellsNothing()
    {
        IReadOnlyDictionary<string, double> lags = RaterLags.Estimate(
            [
                [Trace("a", Felt), Trace("b", Felt), Trace("c", t => Felt(t - 1))],
                [Trace("a", Felt), Trace("b", Felt)],
                [Trace("alone", Felt)],
            ],
            new Rate(5));
        lags["c"].ShouldBe(1, 0.051);
        lags["alone"].ShouldBe(0, 0.051);
        Should.Throw<ArgumentNullException>(() => RaterLags.Estimate(null!, new Rate(5))).ParamName.ShouldBe("curves");
        RaterLags.Estimate([], new Rate(5)).ShouldBeEmpty();
    }

    [Fact]
    public void OfEqualCorrelationsTheSmallestShiftWins()
    {
        // What recurs every second looks the same a second later; the raters of the other film say where 0 is.
        static double Recurring(double t) => Math.Sin(2 * Math.PI * t);
        IReadOnlyDictionary<string, double> lags = RaterLags.Estimate(
            [[Trace("a", Recurring), Trace("b", Recurring)], [Trace("c", Felt), Trace("d", Felt), Trace("e", Felt)]], new Rate(5));
        lags.Values.ShouldBe([0, 0, 0, 0, 0]);
    }

    [Fact]
    public void RatersWithoutACommonStepAreNotCompared()
    {
        const double None = double.NaN;
        RaterSummary[] found = [.. RaterComparison.Of([Rated([1, 2, None, None], [None, None, 1, 2])])];
        found.Select(rater => (rater.Traces, rater.WithOthers, rater.IsOdd)).ShouldBe([(1, null, false), (1, null, false)]);
    }

    [Fact]
    public void ATraceOfWhichLittleIsLeftIsNotTheSameTrace()
    {
        // The first second of all is a ramp, and so is the last of one: moved by five seconds, that ramp would fit best.
        double[] said = [.. Enumerable.Range(0, 31).Select(i => i <= 5 ? i : 3 * Math.Sin(i * i))];
        double[] other = [.. said.Select((value, i) => i >= 25 ? i - 25 : value + (0.5 * Math.Cos(7 * i)))];
        double[] times = [.. Enumerable.Range(0, 31).Select(i => i / 5.0)];
        IReadOnlyDictionary<string, double> lags = RaterLags.Estimate(
            [[new("a", [.. times], [.. said]), new("b", [.. times], [.. said]), new("c", [.. times], [.. other])]], new Rate(5));
        lags["c"].ShouldBe(0, 0.051);
    }

    [Fact]
    public void ZeroCorrelationIsNoCorrelation()
    {
        RaterSummary[] found = [.. RaterComparison.Of([Rated([-1, 0, 1], [1, -2, 1])])];
        found.ShouldAllBe(rater => rater.WithOthers == 0 && rater.IsOdd);
        Should.Throw<ArgumentNullException>(() => RaterComparison.Of(null!)).ParamName.ShouldBe("curves");
    }

    [Fact]
    public void HalfOfTheTracesConstantIsNotYetOddAndCorrelationsAreMeansOverTraces()
    {
        RaterSummary[] found = [.. RaterComparison.Of([Rated([1, 2, 3], [2, 4, 6], [5, 5, 5]), Rated([1, 2, 4], [2, 1, 3], [3, 6, 9]), Rated([7, 8, 9])])];
        found.Select(rater => (rater.Traces, rater.Constant, rater.IsOdd)).ShouldBe([(3, 0, false), (2, 0, false), (2, 1, false)]);
        found[0].WithOthers.ShouldNotBeNull().ShouldBe((1 + Pearson([1, 2, 4], [2.5, 3.5, 6])) / 2, 1e-12);
        found[1].WithOthers.ShouldNotBeNull().ShouldBe((1 + Pearson([2, 1, 3], [2, 4, 6.5])) / 2, 1e-12);
        found[2].WithOthers.ShouldNotBeNull().ShouldBe(Pearson([3, 6, 9], [1.5, 1.5, 3.5]), 1e-12);
    }

    /// <summary>Of four raters the median is the mean of the middle two; with three raters the rule does not apply.</summary>
    [Theory]
    [InlineData(false, new double[] { 3, 2, 5, 5, 1 }, new double[] { 3, 4, 8, 8, 6 }, new double[] { 4, 5, 5, 3, 0 }, new double[] { 8, 0, 9, 7, 1 })]
    [InlineData(true, new double[] { 9, 0, 1, 1, 8 }, new double[] { 9, 7, 3, 6, 7 }, new double[] { 7, 5, 1, 8, 0 }, new double[] { 8, 6, 0, 2, 6 })]
    [InlineData(false, new double[] { 2, 4, 9, 2, 8 }, new double[] { 0, 9, 4, 7, 8 }, new double[] { 3, 6, 8, 0, 7 })]
    public void ARaterIsOddWhoFollowsTheOthersLessThanHalfAsWellAsTheMedianRater(bool isOdd, params double[][] values)
    {
        double[] withOthers =
        [
            .. values.Select(own => Pearson(own, [.. own.Select((_, step) => values.Where(row => row != own).Average(row => row[step]))])),
        ];
        RaterSummary[] found = [.. RaterComparison.Of([Rated(values)])];
        found.Select(rater => rater.WithOthers!.Value).ShouldBe(withOthers, 1e-12);
        double least = withOthers.Min();
        least.ShouldBeGreaterThan(0);
        found.Single(rater => Math.Abs(rater.WithOthers!.Value - least) < 1e-12).IsOdd.ShouldBe(isOdd);
        found.Count(rater => rater.IsOdd).ShouldBe(isOdd ? 1 : 0);
    }

    private static double Felt(double t) => Math.Sin(t / 3) + Math.Sin(t / 7.1);

    private static RatedCurve Rated(params double[][] values) =>
        new("film", "joy", [.. values.Select((_, i) => $"rater{i}")], new TimeGrid(new Rate(1), values[0].Length), values);

    private static double Pearson(double[] x, double[] y)
    {
        double xy = x.Zip(y, (a, b) => (a - x.Average()) * (b - y.Average())).Sum();
        return xy / Math.Sqrt(x.Sum(a => Math.Pow(a - x.Average(), 2)) * y.Sum(b => Math.Pow(b - y.Average(), 2)));
    }

    private static RaterTrace Trace(string rater, Func<double, double> value)
    {
        double[] times = [.. Enumerable.Range(0, 301).Select(i => i / 5.0)];
        return new RaterTrace(rater, [.. times], [.. times.Select(value)]);
    }
}
