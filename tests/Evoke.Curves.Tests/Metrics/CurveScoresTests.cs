using Evoke.Curves.Metrics;

namespace Evoke.Curves.Tests.Metrics;

/// <summary>Expected numbers are SciPy 1.10's and NumPy 1.24's.</summary>
public sealed class CurveScoresTests
{
    private static readonly double[] s_x = [0.1, 0.4, 0.4, 0.35, 0.8, 0.2, 0.95, 0.5];
    private static readonly double[] s_y = [0.2, 0.3, 0.5, 0.3, 0.6, 0.3, 0.9, 0.1];

    [Fact]
    public void EveryScoreIsItsDefinition()
    {
        CurveScores scores = CurveScores.Of(s_x, s_y)!;

        scores.Rows.ShouldBe(8);
        scores.Pearson.ShouldBe(0.798074788714171, 2e-6); // the challenge adds 1e-6 to the denominator
        scores.Spearman.ShouldBe(0.5890568324085792, 1e-7);
        scores.Ccc.ShouldBe(0.7699530516431925, 1e-12);
        scores.Rmse.ShouldBe(0.17500000000000002, 1e-12);
        scores.Mae.ShouldBe(0.1375, 1e-12);
        ScoreKinds.All.Select(kind => scores[kind]).ShouldBe([scores.Pearson, scores.Spearman, scores.Ccc, scores.Rmse, scores.Mae]);
    }

    [Fact]
    public void EqualValuesShareTheirRank() => Ranks.Of(s_y).ShouldBe([2, 4, 6, 4, 7, 4, 8, 1]);

    [Fact]
    public void AConstantCurveScoresZeroAndNoRowsHaveNoScore()
    {
        CurveScores scores = CurveScores.Of([0.5, 0.5, 0.5], [0.1, 0.2, 0.6])!;

        (scores.Pearson, scores.Spearman, scores.Ccc).ShouldBe((0, 0, 0));
        CurveScores.Of([], []).ShouldBeNull();
    }

    [Fact]
    public void PooledScoresAreThoseOfAllRowsTogetherAndMeansThoseOfVideos()
    {
        EmotionScheme scheme = new(["joy", "awe"]);
        ScoreTable table = new(scheme);
        table.Add("a", Curves(scheme, s_x[..5]), Curves(scheme, s_y[..5]));
        table.Add("b", Curves(scheme, s_x[5..]), Curves(scheme, s_y[5..]));
        table.Add("unrated", Curves(scheme, [double.NaN, double.NaN]), Curves(scheme, [0.1, 0.2]));

        table.Videos.Select(video => video.VideoId).ShouldBe(["a", "b"]);
        table.Pooled[0]!.Spearman.ShouldBe(0.5890568324085792, 1e-6);
        table.Pooled[0]!.Rmse.ShouldBe(0.175, 1e-6);
        double expected = (CurveScores.Of(s_x.AsSpan(0, 5), s_y.AsSpan(0, 5))!.Mae + CurveScores.Of(s_x.AsSpan(5), s_y.AsSpan(5))!.Mae) / 2;
        table.MeanOf(ScoreKind.Mae, 0).ShouldBe(expected, 1e-6);
        table.MeanOf(ScoreKind.Mae, 1).ShouldBe(double.NaN);
        table.MeanOf(ScoreKind.Mae).ShouldBe(expected, 1e-6);
    }

    // The second curve has no labels.
    private static EmotionCurves Curves(EmotionScheme scheme, double[] joy) =>
        new(scheme, new TimeGrid(new Rate(1), joy.Length), [.. joy.SelectMany(value => new[] { (float)value, float.NaN })]);
}
