using Evoke.Insights.Rankings;
using Evoke.Testing;

namespace Evoke.Insights.Tests.Rankings;

public sealed class RankingFolderTests : IDisposable
{
    private static readonly RankingSettings s_affect = new("affect", "", 6, null, null);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WhatIsPredictedStaysUntilItsVideoIsAnotherFile()
    {
        Dictionary<string, RankingSource> videos = new() { ["a/clip"] = new("/videos/a/clip.mp4", 10), ["b"] = new("/videos/b.mp4", 20) };
        RankingFolder first = RankingFolder.Open(_folder.Path, s_affect, videos);
        first.Has("a/clip").ShouldBeFalse();
        Directory.CreateDirectory(_folder.File("a"));
        File.WriteAllText(first.PathOf("a/clip"), "predicted");
        File.WriteAllText(first.PathOf("b"), "predicted");

        RankingFolder.Open(_folder.Path, s_affect, videos).Has("a/clip").ShouldBeTrue();
        RankingFolder.Open(_folder.Path, s_affect, new Dictionary<string, RankingSource> { ["b"] = new("/videos/b.mp4", 21) }).Has("b").ShouldBeFalse();
        RankingFolder.Open(_folder.Path, s_affect, videos).Has("a/clip").ShouldBeTrue();
    }

    [Fact]
    public void OtherSettingsAreRefusedWithBothNamed()
    {
        RankingFolder.Open(_folder.Path, s_affect, new Dictionary<string, RankingSource>());

        RankingSettings other = s_affect with { Model = "run/best", ModelSha256 = new string('a', 64), RateHertz = 2 };
        string message = Should.Throw<RankingException>(() => RankingFolder.Open(_folder.Path, other, new Dictionary<string, RankingSource>())).Message;

        message.ShouldContain("has predictions by model affect, 6 Hz; this run is by model run/best (aaaaaaaaaaaa…), 2 Hz");
    }

    [Fact]
    public void AFileOfSomebodyElseIsNotReplaced()
    {
        File.WriteAllText(_folder.File("b.json"), "{}");

        Should.Throw<RankingException>(() => RankingFolder.Open(_folder.Path, s_affect, new Dictionary<string, RankingSource> { ["b"] = new("/b.mp4", 1) }))
            .Message.ShouldContain("b.json exists");

        File.ReadAllText(_folder.File("b.json")).ShouldBe("{}");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("null")]
    public void ADamagedIndexSaysWhatToDo(string text)
    {
        File.WriteAllText(_folder.File(".evoke-rank.json"), text);

        Should.Throw<RankingException>(() => RankingFolder.Open(_folder.Path, s_affect, new Dictionary<string, RankingSource>()))
            .Message.ShouldContain("Remove it");
    }
}
