using Evoke.Curves;
using Evoke.Curves.Ratings;
using Evoke.Datasets.EmoFilm;

namespace Evoke.Datasets.Tests.EmoFilm;

/// <summary>The rules of Emo-FilM's authors, each worked out by hand.</summary>
public sealed class ConsensusRulesTests
{
    private static readonly double[] s_up = [0, 1, 2, 3, 4, 5, 6, 7], s_wave = [0, 3, 1, 4, 2, 5, 3, 6];

    [Fact]
    public void ScoresAreOverAllFilmsAndGapsAreInterpolated()
    {
        RatedCurve[] kept = [.. ConsensusRules.Of([Curve("one", ("a", [double.NaN, 2, double.NaN, 6])), Curve("two", ("a", [8, 10, double.NaN, double.NaN]))])];

        // 2 2 4 6 and 8 10 10 10: mean 6.5; the squared deviations add up to 86, and 86 / 7 is the variance.
        double deviation = Math.Sqrt(86 / 7.0);
        kept[0].Of(0).ToArray().ShouldBe(Scores(2, 2, 4, 6), 1e-12);
        kept[1].Of(0).ToArray().ShouldBe(Scores(8, 10, 10, 10), 1e-12);

        double[] Scores(params double[] values) => [.. values.Select(value => (value - 6.5) / deviation)];
    }

    [Fact]
    public void ConstantTracesAndThoseBeyondFifteenDeviationsAreLeftOut()
    {
        // One 1 among 399 zeros is 19.9 deviations from the mean.
        double[] spike = [1, .. new double[399]], step = [.. Enumerable.Range(0, 400).Select(i => i < 200 ? 0.0 : 1)];
        RatedCurve[] kept = [.. ConsensusRules.Of(
        [
            Curve("one", ("still", [.. Enumerable.Repeat(5.0, 400)]), ("spike", spike), ("step", step)),
            Curve("two", ("still", step)),
        ])];

        kept[0].Raters.ShouldBe(["step"]);
        kept[1].Raters.ShouldBe(["still"]); // constant in the first film only
        ConsensusRules.Of([Curve("one", ("still", [1, 1, 1]))]).ShouldBeEmpty();
    }

    [Fact]
    public void OfThreeRatersNoneIsLeftOut() => Kept(("a", s_up), ("b", s_up), ("against", Against(s_up))).ShouldBe(["a", "b", "against"]);

    [Fact]
    public void OfFourTheWorstIsLeftOutWhereCorrelationRisesByATwentyPercentPoint()
    {
        // Pairs of a, b, c: 1; with the fourth: -1. The mean is 0, and 1 without it.
        Kept(("a", s_up), ("against", Against(s_up)), ("b", s_up), ("c", s_up)).ShouldBe(["a", "b", "c"]);

        // The correlation r of both shapes makes the mean (3 + 3 r) / 6; without the fourth it is 1: a rise of (1 - r) / 2.
        double r = Agreement.Of(Curve("f", ("a", s_up), ("b", s_wave))).Pearson!.Value;
        ((1 - r) / 2).ShouldBeLessThan(0.2);
        Kept(("a", s_up), ("wave", s_wave), ("b", s_up), ("c", s_up)).ShouldBe(["a", "wave", "b", "c"]);
    }

    [Fact]
    public void OfFiveAndMoreAlwaysOneIsLeftOut() =>
        Kept(("a", s_up), ("b", s_up), ("wave", s_wave), ("c", s_up), ("d", s_up)).ShouldBe(["a", "b", "c", "d"]);

    [Fact]
    public void RatersWhoWereLeftOutBeforeAreNotCounted() =>
        Kept(("a", s_up), ("b", s_up), ("wave", s_wave), ("c", s_up), ("still", new double[8])).ShouldBe(["a", "b", "wave", "c"]);

    private static string[] Kept(params (string Rater, double[] Values)[] raters) => [.. ConsensusRules.Of([Curve("film", raters)]).Single().Raters];

    private static double[] Against(double[] values) => [.. values.Select(value => -value)];

    private static RatedCurve Curve(string film, params (string Rater, double[] Values)[] raters) => new(
        film,
        "Sad",
        [.. raters.Select(rater => rater.Rater)],
        new TimeGrid(new Rate(1), raters[0].Values.Length),
        [.. raters.Select(rater => rater.Values.ToArray())]);
}
