using Evoke.Files.Yaml;
using Evoke.Testing;
using YamlDotNet.RepresentationModel;

namespace Evoke.Files.Tests.Yaml;

public sealed class YamlTextTests
{
    [Theory]
    [InlineData("recipe-self.yaml", "line 1: '*a' is part of what it stands for.")]
    [InlineData("recipe-keybomb.yaml", "line 5: expected at most 20000 values")]
    [InlineData("recipe-436.yaml", "line ")]
    [InlineData("recipe-243.yaml", "line ")]
    [InlineData("search-80.yaml", "line 3: lists and sections may be nested 32 deep")]
    [InlineData("slurmplan-129.yaml", "line ")]
    public void AHostileTextIsRefusedWithItsLine(string file, string said)
    {
        using StreamReader reader = new(HostileFile.PathOf(file));
        Should.Throw<RefusedException>(() => YamlText.ReadKeys(reader, Refuse)).Message.ShouldStartWith(said);
    }

    [Theory]
    [InlineData("a: ", "[")]
    [InlineData("a: ", "{a: ")]
    [InlineData("a:\n", "- ")]
    [InlineData("", "? ")]
    public void DepthIsBoundedBeforeTheLibraryRecurses(string start, string level) =>
        Problem(start + string.Concat(Enumerable.Repeat(level, 25_000)) + "x").ShouldMatch("nested 32 deep|expected a word as the key");

    [Fact]
    public void AFileWithoutEndIsReadUpToTheBound()
    {
        using StreamReader endless = new("/dev/zero");
        Should.Throw<RefusedException>(() => YamlText.ReadKeys(endless, Refuse)).Message.ShouldContain("expected at most 1048576 characters");
    }

    [Theory]
    [InlineData("a: 1\n---\nb: 2\n", "line 2: expected one document; found another")]
    [InlineData("[a, b]\n", "line 1: expected keys with values; found a list.")]
    [InlineData("a: *b\n", "line 1: there is no '&b' above '*b'.")]
    [InlineData("a: &l [1]\n? *l\n: 1\n", "line 2: expected a word as the key; found a list or a section.")]
    [InlineData("a: 1\na: 2\n", "line ")]
    [InlineData("a: 1\nfile: \"b\\0c\"\n", "line 2: a value contains a NUL character.")]
    [InlineData("a: 1\n\"b\\0c\": 2\n", "line 2: a value contains a NUL character.")]
    [InlineData("a: 'x\n", "this is not YAML")]
    public void AMistakeIsNamedByItsLine(string text, string said) => Problem(text).ShouldContain(said);

    [Fact]
    public void AliasesStandForWhatTheyName()
    {
        YamlMappingNode keys = YamlText.ReadKeys(new StringReader("a: &x [1, 2]\nb: *x\n"), Refuse);
        keys.Children[new YamlScalarNode("b")].ShouldBe(keys.Children[new YamlScalarNode("a")]);
    }

    [Fact]
    public void AsMuchAsTheBoundsAllowIsRead()
    {
        string deep = $"a: {new string('[', YamlText.MaxDepth - 1)}{new string(']', YamlText.MaxDepth - 1)}";
        YamlText.ReadKeys(new StringReader(deep), Refuse).Children.ShouldHaveSingleItem();
        string wide = string.Concat(Enumerable.Range(0, (YamlText.MaxNodes / 2) - 1).Select(i => $"k{i}: {i}\n"));
        YamlText.ReadKeys(new StringReader(wide), Refuse).Children.Count.ShouldBe((YamlText.MaxNodes / 2) - 1);
        YamlText.ReadKeys(new StringReader(""), Refuse).Children.ShouldBeEmpty();
    }

    [Fact]
    public void ListsOfListsAndAliasesOfWordsAreRead()
    {
        YamlMappingNode keys = YamlText.ReadKeys(new StringReader("a: [[1], [2, [3]]]\nb: &x word\nc: *x\n*x : 4\n"), Refuse);
        keys.Children.Keys.Select(YamlMistakes.KeyOf).ShouldBe(["a", "b", "c", "word"]);
        YamlMistakes.Found(keys.Children[new YamlScalarNode("c")]).ShouldBe("'word'");
        YamlMistakes.Found(YamlText.Read(new StringReader("[]"), Refuse)!).ShouldBe("a list");
        YamlText.Read(new StringReader(""), Refuse).ShouldBeNull();
    }

    [Theory]
    [InlineData("? [a]\n: 1\n")]
    [InlineData("? {a: 1}\n: 1\n")]
    [InlineData("a: 1\n? [b]\n: 1\n")]
    public void AKeyIsAWord(string text) => Problem(text).ShouldContain("expected a word as the key; found a list or a section.");

    [Fact]
    public void ListsAndSectionsCountAsValues()
    {
        // The section, its key and the list around them are three more.
        string Lists(int count) => $"a: [{string.Join(", ", Enumerable.Repeat("[]", count))}]";
        YamlText.ReadKeys(new StringReader(Lists(YamlText.MaxNodes - 3)), Refuse).Children.ShouldHaveSingleItem();
        Problem(Lists(YamlText.MaxNodes - 2)).ShouldBe("line 1: expected at most 20000 values, each alias (*name) counted as all that it stands for.");
    }

    [Theory]
    [InlineData(4, true)] // the section, four keys, the list of 4,995, and three times that list with itself
    [InlineData(5, false)]
    public void AnAliasCountsAsAllThatItStandsFor(int times, bool isRead)
    {
        string list = $"[[{string.Join(", ", Enumerable.Repeat("1", 4_990))}], 2]";
        string text = $"k0: &x {list}\n" + string.Concat(Enumerable.Range(1, times - 1).Select(i => $"k{i}: *x\n"));
        if (isRead)
        {
            YamlText.ReadKeys(new StringReader(text), Refuse).Children.Count.ShouldBe(times);
            return;
        }

        Problem(text).ShouldStartWith("line 5: expected at most 20000 values");
    }

    [Theory]
    [InlineData(16, 15, true)]
    [InlineData(16, 16, false)]
    public void AnAliasIsAsDeepAsWhatItStandsFor(int anchor, int around, bool isRead)
    {
        static string Nested(int depth, string inner) => new string('[', depth) + inner + new string(']', depth);
        string text = $"a: &x {Nested(anchor, "1")}\nb: {Nested(around, "*x")}\n";
        if (isRead)
        {
            YamlText.ReadKeys(new StringReader(text), Refuse).Children.Count.ShouldBe(2);
            return;
        }

        Problem(text).ShouldStartWith("line 2: lists and sections may be nested 32 deep");
    }

    [Fact]
    public void AsManyCharactersAsTheBoundAreRead()
    {
        YamlText.ReadKeys(new StringReader("a: 1".PadRight(YamlText.MaxCharacters)), Refuse).Children.ShouldHaveSingleItem();
        Problem("a: 1".PadRight(YamlText.MaxCharacters + 1)).ShouldBe("expected at most 1048576 characters; found more.");
        Should.Throw<ArgumentNullException>(() => YamlText.Read(null!, Refuse)).ParamName.ShouldBe("reader");
        Should.Throw<ArgumentNullException>(() => YamlText.Read(new StringReader(""), null!)).ParamName.ShouldBe("mistake");
        Should.Throw<ArgumentNullException>(() => YamlText.ReadKeys(new StringReader(""), null!)).ParamName.ShouldBe("mistake");
    }

    private static string Problem(string text) => Should.Throw<RefusedException>(() => YamlText.ReadKeys(new StringReader(text), Refuse)).Message;

    private static RefusedException Refuse(string problem) => new(problem);

    private sealed class RefusedException(string message) : EvokeException(message);
}
