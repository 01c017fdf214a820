using Evoke.Curves.Metrics;
using Evoke.Curves.Randomness;

namespace Evoke.Curves.Tests.Metrics;

/// <summary>Tests of differences; expected p are of SciPy 1.10's permutation_test (samples, two-sided).</summary>
public sealed class PairedTestTests
{
    private static readonly double[] s_few = [0.12, -0.03, 0.2, 0.05, 0.31, -0.11, 0.08, 0.14, 0.02, -0.06];

    private static readonly double[] s_many =
    [
        .. s_few, 0.088, -0.047, 0.16, 0.025, 0.259, -0.119, 0.052, -0.02, -0.124, 0.044, -0.032, -0.056,
    ];

    [Fact]
    public void FewDifferencesHaveAnExactP()
    {
        SignFlipTest.Of(s_few, seed: 1).ShouldBe(0.111328125);
        SignFlipTest.Of(s_few, seed: 2).ShouldBe(0.111328125);
        SignFlipTest.Of([1, 1, -1, 0, 2], seed: 1).ShouldBe(0.5);
        SignFlipTest.SmallestOf(6).ShouldBe(1.0 / 32);
        SignFlipTest.Of([1, 2, 3, 4, 5, 6], seed: 1).ShouldBe(SignFlipTest.SmallestOf(6));
    }

    // Two drawn p differ by about 0.004: three standard errors of 10,000 draws are 0.009.
    [Fact]
    public void ManyDifferencesHaveADrawnP()
    {
        SignFlipTest.Of(s_many, seed: 1).ShouldBe(0.1033, 0.01);
        SignFlipTest.Of(s_many, seed: 1).ShouldBe(SignFlipTest.Of(s_many, seed: 1));
        SignFlipTest.Of([.. Enumerable.Repeat(1.0, 40)], seed: 1).ShouldBe(SignFlipTest.SmallestOf(40));
    }

    [Fact]
    public void HolmMultipliesTheSmallestByTheirNumberAndNeverFalls()
    {
        double[] adjusted = HolmCorrection.Of([0.01, 0.04, 0.03, double.NaN, 0.005]);

        adjusted[3].ShouldBe(double.NaN);
        adjusted.Where(p => !double.IsNaN(p)).ShouldBe([0.03, 0.06, 0.06, 0.02], 1e-12);
        HolmCorrection.Of([0.7, 0.6]).ShouldBe([1, 1], 1e-12);
    }

    // 600 sets of differences that are as likely one way as the other: at a level of 5 %, 30 are expected, and fewer than 47 with a chance of 0.999.
    [Theory]
    [InlineData(10, 1)]
    [InlineData(24, 1)]
    [InlineData(30, 3)]
    public void DifferencesThatMeanNothingAreFoundAsOftenAsTheLevelSays(int videos, int videosInAGroup)
    {
        string[] groups = [.. Enumerable.Range(0, videos).Select(video => $"{video / videosInAGroup}")];
        int found = Enumerable.Range(0, 600).Count(set =>
        {
            var random = CounterRandom.For(7, RandomPurpose.Demo, set);
            double ofGroup = 0;
            double[] differences = new double[videos];
            for (int video = 0; video < videos; video++)
            {
                ofGroup = video % videosInAGroup == 0 ? random.NextDouble() - 0.5 : ofGroup;
                differences[video] = ofGroup + (0.2 * (random.NextDouble() - 0.5)) + (0.1 * (random.NextDouble() - 0.5));
            }

            return GroupedScores.Of(differences, groups).P(seed: set) < 0.05;
        });

        found.ShouldBeInRange(15, 46);
    }

    // The same differences as if clips of one film were independent: chance is found far more often than 5 %.
    [Fact]
    public void GroupsMatter()
    {
        int alone = 0, together = 0;
        for (int set = 0; set < 200; set++)
        {
            var random = CounterRandom.For(8, RandomPurpose.Demo, set);
            double[] differences = [.. Enumerable.Range(0, 8).SelectMany(_ => Enumerable.Repeat(random.NextDouble() - 0.5, 2))];
            alone += GroupedScores.Of(differences, [.. Enumerable.Range(0, 16).Select(video => $"{video}")]).P() < 0.05 ? 1 : 0;
            together += GroupedScores.Of(differences, [.. Enumerable.Range(0, 16).Select(video => $"{video / 2}")]).P() < 0.05 ? 1 : 0;
        }

        together.ShouldBeLessThan(20);
        alone.ShouldBeGreaterThan(2 * together);
    }

    [Fact]
    public void AnIntervalOverGroupsIsThatOfTheirMeansAndOneGroupHasNone()
    {
        double[] scores = [0.1, 0.3, 0.2, 0.6, 0.4, 0.5];
        string[] alone = ["a", "b", "c", "d", "e", "f"];

        GroupedScores.Of(scores, alone).Interval().ShouldBe(Bootstrap.Of(scores, Bootstrap.Seed));
        GroupedScores.Of(scores, ["a", "a", "b", "b", "c", "c"]).Interval()
            .ShouldBe(GroupedScores.Of([0.2, 0.4, 0.45], ["a", "b", "c"]).Interval()!, new Near());
        GroupedScores.Of(scores, ["a", "a", "a", "a", "a", "a"]).Interval().ShouldBeNull();
        GroupedScores.Of(scores, ["a", "a", "a", "a", "a", "a"]).P().ShouldBeNull();
        GroupedScores.Of([0.1, double.NaN, 0.3], ["a", "b", "c"]).Mean.ShouldBe(0.2, 1e-12);
    }

    private sealed class Near : IEqualityComparer<ScoreInterval?>
    {
        public bool Equals(ScoreInterval? x, ScoreInterval? y) => Math.Abs(x!.Low - y!.Low) < 1e-12 && Math.Abs(x.High - y.High) < 1e-12;

        public int GetHashCode(ScoreInterval? obj) => 0;
    }
}
