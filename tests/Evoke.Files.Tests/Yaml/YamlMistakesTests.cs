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

    [Fact]
    public void SeveralKeysOfOtherSectionsAreSuggestedTogether()
    {
        YamlMistakes.UnknownKey("seed", "data.", "", s_known, ["train.seed", "model.seed"]).ShouldEndWith("did you mean train.seed or model.seed?");
        YamlMistakes.UnknownKey("nam", "", "", s_known, []).ShouldBe("nam: there is no such key; did you mean name?");
        Should.Throw<ArgumentNullException>(() => YamlMistakes.UnknownKey(null!, "", "", s_known)).ParamName.ShouldBe("key");
        Should.Throw<ArgumentNullException>(() => YamlMistakes.UnknownKey("a", "", "", null!)).ParamName.ShouldBe("known");
    }

    [Fact]
    public void AValueIsSaidInQuotesOrByItsKind()
    {
        YamlMistakes.Found(new YamlScalarNode("5")).ShouldBe("'5'");
        YamlMistakes.Found(new YamlScalarNode(null)).ShouldBe("''");
        YamlMistakes.Found(new YamlSequenceNode()).ShouldBe("a list");
        YamlMistakes.Found(new YamlMappingNode()).ShouldBe("a section");
        YamlMistakes.Found(new YamlScalarNode(new string('x', 100))).ShouldBe($"'{new string('x', 100)}'");
        YamlMistakes.Found(new YamlScalarNode(new string('x', 101))).ShouldBe($"'{new string('x', 100)}…'");
        YamlMistakes.KeyOf(new YamlScalarNode("a")).ShouldBe("a");
        YamlMistakes.KeyOf(new YamlScalarNode(null)).ShouldBe("");
        YamlMistakes.KeyOf(new YamlSequenceNode()).ShouldBe("");
    }

    [Fact]
    public void APlaceIsALineOfTheText()
    {
        YamlMappingNode keys = YamlText.ReadKeys(new StringReader("a: 1\nb: 2\n"), problem => new RefusedException(problem));
        keys.Children.Keys.Select(YamlMistakes.Where).ShouldBe([" (line 1)", " (line 2)"]);
        YamlMistakes.Where(new YamlScalarNode("made")).ShouldBe("");
        Should.Throw<ArgumentNullException>(() => YamlMistakes.Where(null!)).ParamName.ShouldBe("node");
    }

    private sealed class RefusedException(string message) : EvokeException(message);
}
