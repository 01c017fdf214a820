using Evoke.Curves.Export;
using Evoke.Insights.Rankings;

namespace Evoke.Insights.Tests.Rankings;

public sealed class SceneTests
{
    [Fact]
    public void ScenesRunFromCutToCutAndHaveTheirOwnMeansAndPeaks()
    {
        // 6 s at 2 Hz, cuts at 2 s and 5 s.
        PredictionDocument document = Predictions.Of(["arousal"], 2, [0, 0.2f, 0, 0.2f, 0.5f, 0.5f, 0.5f, 0.9f, 0.5f, 0.1f, 1, 1]) with
        {
            Film = Predictions.Film([2, 5]),
        };

        RankingTable scenes = VideoRanking.OfScenes([RankedVideo.Of(document)]);

        scenes["scene"].Numbers.ShouldBe([1, 2, 3]);
        scenes["start_seconds"].Numbers.ShouldBe([0, 2, 5]);
        scenes["end_seconds"].Numbers.ShouldBe([2, 5, 6]);
        scenes["duration_seconds"].Numbers.ShouldBe([2, 3, 1]);
        scenes["mean.arousal"].Numbers.Select(mean => Math.Round(mean!.Value, 6)).ShouldBe([0.1, 0.5, 1]);
        scenes["peak.arousal"].Numbers.Select(peak => Math.Round(peak!.Value, 6)).ShouldBe([0.2, 0.9, 1]);
        scenes["peak.arousal.at_seconds"].Numbers.ShouldBe([0.5, 3.5, 5]);
    }

    [Fact]
    public void AFilmWithoutCutsIsOneSceneAndOneWhoseCutsAreUnknownHasNone()
    {
        PredictionDocument document = Predictions.Arousal(1, 0, 1, 0);

        RankedVideo.Of(document with { Film = Predictions.Film([]) }).Scenes.Length.ShouldBe(1);
        RankedVideo.Of(document with { Film = Predictions.Film(null) }).Scenes.ShouldBeEmpty();
        RankedVideo.Of(document).Scenes.ShouldBeEmpty();
    }

    [Fact]
    public void ScenesStandInTheOrderOfTheirVideosInTheRanking()
    {
        RankedVideo[] videos = [.. new[] { ("a", 0.1f), ("b", 0.9f), ("c", 0.5f) }.Select(video => RankedVideo.Of(
            Predictions.Of(["arousal"], 1, [video.Item2, video.Item2], video.Item1) with { Film = Predictions.Film([1]) }))];
        RankingTable top = VideoRanking.OfVideos(videos).RankedBy("mean.arousal", ascending: false).Top(2);

        RankingTable scenes = VideoRanking.OfScenes(videos, top);

        scenes["video"].Texts.ShouldBe(["b", "b", "c", "c"]);
        scenes["scene"].Numbers.ShouldBe([1, 2, 1, 2]);
    }
}
