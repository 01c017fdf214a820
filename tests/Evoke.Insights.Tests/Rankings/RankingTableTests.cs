using Evoke.Insights.Rankings;

namespace Evoke.Insights.Tests.Rankings;

public sealed class RankingTableTests
{
    private const string Mean = "mean.arousal", Rank = "rank", Video = VideoRanking.VideoColumn;

    [Fact]
    public void TheHighestComesFirstAndEqualOnesShareAPlaceInTheOrderOfIds()
    {
        RankingTable table = VideoRanking.OfVideos([Flat("d", 0.2f), Flat("c", 0.5f), Flat("a", 0.9f), Flat("b", 0.5f)]).RankedBy(Mean, ascending: false);

        table[Video].Texts.ShouldBe(["a", "b", "c", "d"]);
        table[Rank].Numbers.ShouldBe([1, 2, 2, 4]);
        table.Columns[0].Key.ShouldBe(Rank);
        table.RankedBy(Mean, ascending: true)[Video].Texts.ShouldBe(["d", "b", "c", "a"]);
        table.RankedBy(Video, ascending: false)[Video].Texts.ShouldBe(["d", "c", "b", "a"]);
    }

    [Fact]
    public void WhatHasNoValueComesLastInEitherOrderAndHasNoPlace()
    {
        RankingTable table = VideoRanking.OfVideos([Flat("a", float.NaN), Flat("b", 0.1f), Flat("c", 0.2f)]);

        foreach (bool ascending in new[] { true, false })
        {
            RankingTable ranked = table.RankedBy(Mean, ascending);
            ranked[Video].Texts[^1].ShouldBe("a");
            ranked[Rank].Numbers.ShouldBe([1, 2, null]);
        }
    }

    [Theory]
    [InlineData("mean.arousal>=0.5", "b,c")]
    [InlineData("mean.arousal > 0.5", "c")]
    [InlineData("mean.arousal<0.5", "a")]
    [InlineData("mean.arousal=0.5", "b")]
    [InlineData("mean.arousal!=0.5", "a,c")]
    [InlineData("video=b", "b")]
    [InlineData("video==b", "b")]
    [InlineData("video!=b", "a,c,d")]
    public void ConditionsChooseRowsAndWhatIsMissingMeetsNone(string condition, string expected)
    {
        RankingTable table = VideoRanking.OfVideos([Flat("a", 0.25f), Flat("b", 0.5f), Flat("c", 0.75f), Flat("d", float.NaN)]);

        table.Where(RankingCondition.TryParse(condition)!)[Video].Texts.ShouldBe(expected.Split(','));
    }

    [Theory]
    [InlineData("mean.arousal>high", "expected a number after >")]
    [InlineData("model>affect", "can be compared by = and != only")]
    [InlineData("mean.arousl>1", "did you mean 'mean.arousal'?")]
    public void AConditionThatDoesNotSuitItsColumnIsExplained(string condition, string said) =>
        Should.Throw<RankingException>(() => VideoRanking.OfVideos([Flat("a", 0.5f)]).Where(RankingCondition.TryParse(condition)!)).Message.ShouldContain(said);

    [Theory]
    [InlineData("mean.arousal")]
    [InlineData(">1")]
    [InlineData("mean.arousal>")]
    public void WhatIsNoConditionIsNone(string text) => RankingCondition.TryParse(text).ShouldBeNull();

    [Fact]
    public void TopTakesTheFirstAndNoMoreThanThereAre()
    {
        RankingTable table = VideoRanking.OfVideos([Flat("a", 0.1f), Flat("b", 0.2f)]).RankedBy(Mean, ascending: false);

        table.Top(1)[Video].Texts.ShouldBe(["b"]);
        table.Top(5).Count.ShouldBe(2);
    }

    [Fact]
    public void PercentilesAreAmongTheOtherVideosOfTheSameModelAndNeedTwenty()
    {
        RankedVideo[] few = [.. Enumerable.Range(0, 20).Select(i => Flat($"v{i:00}", i / 20f))];
        RankedVideo[] enough = [.. few, Flat("v20", 0.5f)];
        RankedVideo[] two = [.. enough, Flat("other", 0.5f) with { ModelName = "run/best" }];

        VideoRanking.OfVideos(few)["mean.arousal.percentile"].Numbers.ShouldAllBe(place => place == null);
        double?[] places = [.. VideoRanking.OfVideos(enough)["mean.arousal.percentile"].Numbers];
        (places[0], places[10], places[20], places[19]).ShouldBe((0, 100 * 10.5 / 20, 100 * 10.5 / 20, 100));
        VideoRanking.OfVideos(two)["mean.arousal.percentile"].Numbers.ShouldBe([null, .. places]); // "other" comes before "v00"
    }

    [Fact]
    public void AVideoThatLacksACurveHasNothingInItsColumns()
    {
        RankedVideo joy = RankedVideo.Of(Predictions.Of(["joy"], 1, [0.5f, 0.5f], "a"));

        RankingTable table = VideoRanking.OfVideos([joy, Flat("b", 0.25f)]);

        table["mean.joy"].Numbers.ShouldBe([0.5, null]);
        table[Mean].Numbers.ShouldBe([null, 0.25]);
        table["duration_seconds"].Numbers.ShouldBe([2, 4]);
    }

    [Fact]
    public void TheColumnsDoNotDependOnTheOrderInWhichVideosAreGiven()
    {
        RankedVideo[] videos = [Flat("b", 0.1f), RankedVideo.Of(Predictions.Of(["joy"], 1, [0.5f, 0.5f], "a")), Flat("c", 0.7f)];

        string[] keys = [.. VideoRanking.OfVideos(videos).Columns.Select(column => column.Key)];
        VideoRanking.OfVideos(videos.Reverse()).Columns.Select(column => column.Key).ShouldBe(keys);
    }

    [Fact]
    public void OneIdTwiceIsRefused() =>
        Should.Throw<RankingException>(() => VideoRanking.OfVideos([Flat("a", 0.1f), Flat("a", 0.2f)])).Message.ShouldContain("'a'");

    [Fact]
    public void AnUnknownColumnIsNamedWithTheOneThatWasMeant() =>
        Should.Throw<RankingException>(() => VideoRanking.OfVideos([Flat("a", 0.1f)]).RankedBy("peak.arousel", false)).Message.ShouldContain("'peak.arousal'");

    private static RankedVideo Flat(string id, float value) => RankedVideo.Of(Predictions.Of(["arousal"], 1, [value, value, value, value], id));
}
