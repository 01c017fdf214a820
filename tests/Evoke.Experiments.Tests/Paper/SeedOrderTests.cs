using Evoke.Experiments.Paper;

namespace Evoke.Experiments.Tests.Paper;

/// <summary>Whether two means differ is SciPy 1.10's ttest_ind(equal_var=False): p is 0.0705, 0.4807 and 0.0035.</summary>
public sealed class SeedOrderTests
{
    private static readonly SeedScores s_wide = new([0.30, 0.34, 0.26]), s_low = new([0.28, 0.27, 0.29]), s_narrow = new([0.30, 0.31, 0.29]);
    private static readonly SeedScores s_best = new([0.5, 0.52, 0.51]), s_worst = new([0.3, 0.33, 0.27]);

    [Fact]
    public void OnlyWhatSeedsDoNotExplainIsAnOrder()
    {
        SeedOrder.Differ(s_narrow, s_low).ShouldBeFalse();
        SeedOrder.Differ(s_wide, s_low).ShouldBeFalse();
        SeedOrder.Differ(s_best, s_worst).ShouldBeTrue();
        SeedOrder.Of([("low", s_low), ("best", s_best), ("wide", s_wide)]).ShouldBe("best > wide ≈ low");
    }

    [Fact]
    public void OneSeedIsNotRanked() =>
        SeedOrder.Of([("a", s_best), ("b", new SeedScores([0.1]))]).ShouldBe("not ranked, because a single run says nothing about the spread over seeds (b)");
}
