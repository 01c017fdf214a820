using Evoke.Files.Yaml;
using YamlDotNet.RepresentationModel;

namespace Evoke.Files.Tests.Yaml;

public sealed class YamlMistakesTests
{
    private static readonly string[] s_known = ["name", "shards", "seed"];

    [Theory]
    [InlineData("nam", "train.nam (line 3): there is no such key; did you mean train.name?")]
    [InlineData("colour", "train.colour (line 3): there is no such key; the keys are: name, shards, seed.")]
    public void AnUnknownKeyNamesTheNearestOrAll(string key, string said) =>
        YamlMistakes.UnknownKey(key, "train.", " (line 3)", s_known).ShouldBe(said);

    [Fact]
    public void TheSameKeyOfAnotherSectionIsSuggestedFirst() =>
        YamlMistakes.UnknownKey("seed", "data.", "", s_known, ["train.seed"]).ShouldBe("data.seed: there is no such key; did you mean train.seed?");

    [Fact]
    public void ALongValueIsShortened() => YamlMistakes.Found(new YamlScalarNode(new string('x', 50_000))).Length.ShouldBeLessThan(120);
}
