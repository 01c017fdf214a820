using Evoke.Curves.Metrics;

namespace Evoke.Curves.Tests.Metrics;

public sealed class DatasetScoresTests
{
    private static readonly EmotionScheme s_scheme = new(["joy", "fear"]);

    [Fact]
    public void ScoresAreMeansOverEmotionsThenVideos()
    {
        DatasetScores scores = new(s_scheme, RowProtocol.All);
        scores.Add("agrees", Curves([0, 0.5f, 1], [1, 0.5f, 0]), Curves([1, 2, 3], [3, 2, 1]));
        scores.Add("half", Curves([0, 0.5f, 1, 0.5f], [1, 0.5f, 0, 0.2f]), Curves([-1, -2, -3, -2], [7, 7, 7, 7]));
        scores.PearsonByEmotion.ShouldBe([0, 0.5], 1e-5);
        scores.Pearson.ShouldBe(((1 + 1) / 2.0 / 2) + ((-1 + 0) / 2.0 / 2), 1e-5);
        scores.Videos.Select(video => (video.VideoId, video.Rows)).ShouldBe([("agrees", 3), ("half", 4)]);
        scores.Videos[1].Pearson.ShouldBe([-1, 0], 1e-5);
        scores.Concordance.ShouldBe(scores.Videos.Average(video => video.MeanConcordance));
        scores.ConcordanceByEmotion.Average().ShouldBe(scores.Concordance, 1e-12);
    }

    [Fact]
    public void RowsWithoutAFaceCountInOneProtocolOnly()
    {
        // With the gap, the prediction's fall to 0 raises the score; without it, prediction and label are anticorrelated.
        EmotionCurves labels = Curves([0.4f, 0.6f, 0, 0, 0.6f, 0.4f], [0.1f, 0, 0, 0, 0, 0.1f]);
        EmotionCurves predictions = Curves([0.6f, 0.4f, 0, 0, 0.4f, 0.6f], [1, 1, 1, 1, 1, 1]);
        VideoScores all = VideoScores.Of("v", labels, predictions, RowProtocol.All);
        VideoScores detected = VideoScores.Of("v", labels, predictions, RowProtocol.FaceDetected);
        (all.Rows, detected.Rows).ShouldBe((6, 4));
        all.Pearson[0].ShouldBeGreaterThan(0.7);
        detected.Pearson[0].ShouldBe(-1, 1e-4);
    }

    [Fact]
    public void AVideoWithoutAnyFaceScoresZeroOrIsLeftOut()
    {
        EmotionCurves nothing = Curves([0, 0, 0], [0, 0, 0]);
        DatasetScores all = new(s_scheme, RowProtocol.All);
        DatasetScores detected = new(s_scheme, RowProtocol.FaceDetected);
        foreach (DatasetScores scores in (DatasetScores[])[all, detected])
        {
            scores.Add("seen", Curves([0, 0.5f, 1], [0.1f, 0.5f, 1]), Curves([0, 0.5f, 1], [0, 0.5f, 1]));
            scores.Add("faceless", nothing, Curves([1, 2, 3], [1, 2, 3]));
        }

        all.Pearson.ShouldBe(0.5, 1e-3);
        detected.Pearson.ShouldBe(1, 1e-2);
        detected.Videos.ShouldHaveSingleItem().VideoId.ShouldBe("seen");
    }

    [Fact]
    public void NoVideosScoreZero() => new DatasetScores(s_scheme, RowProtocol.All).Pearson.ShouldBe(0);

    [Fact]
    public void CurvesThatDoNotFitAreNamed()
    {
        DatasetScores scores = new(s_scheme, RowProtocol.All);
        EmotionCurves three = Curves([0, 1, 2], [0, 1, 2]);
        Should.Throw<ArgumentException>(() => scores.Add("short", three, Curves([0, 1], [0, 1]))).Message.ShouldContain("'short'");
        EmotionCurves other = new(EmotionScheme.Affect, new TimeGrid(new Rate(6), 3), new float[6]);
        Should.Throw<ArgumentException>(() => scores.Add("other", other, other)).Message.ShouldContain("arousal");
        Should.Throw<ArgumentException>(() => scores.Add("mixed", three, other)).Message.ShouldContain("arousal");
    }

    private static EmotionCurves Curves(float[] joy, float[] fear) =>
        new(s_scheme, new TimeGrid(new Rate(6), joy.Length), [.. joy.Zip(fear).SelectMany(pair => new[] { pair.First, pair.Second })]);
}
