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
        double Felt(double t) => Math.Sin(t / 3) + Math.Sin(t / 7.1);
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

    private static RaterTrace Trace(string rater, Func<double, double> value)
    {
        double[] times = [.. Enumerable.Range(0, 301).Select(i => i / 5.0)];
        return new RaterTrace(rater, [.. times], [.. times.Select(value)]);
    }
}
