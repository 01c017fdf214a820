using Evoke.Files.Text;

namespace Evoke.Files.Tests.Text;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("shrads", "shards")] // two letters exchanged are two edits
    [InlineData("bad", "bad")]
    [InlineData("bax", "bat")] // of equally near names the first
    [InlineData("xy", "xyzw")] // two edits are close however short the word
    [InlineData("kitten", null)] // to "sitting" it is three edits, more than two and more than a third of six letters
    [InlineData("abcdefghi", "abcdefxyz")] // a third of nine letters is three
    [InlineData("wvcdefghi", null)] // five
    public void TheNearestNameIsSuggestedIfItIsClose(string word, string? name) =>
        Spelling.Nearest(word, ["bat", "bad", "shards", "abcd", "sitting", "abcdefxyz", "xyzw"]).ShouldBe(name);

    [Fact]
    public void OnlyWordsUpToAHundredLettersAreMisspeltNames()
    {
        string name = new('a', 100);
        Spelling.Nearest("b" + name[1..], [name]).ShouldBe(name);
        Spelling.Nearest("b" + name, [name]).ShouldBeNull();
        Spelling.Nearest("a", []).ShouldBeNull();
        Should.Throw<ArgumentNullException>(() => Spelling.Nearest(null!, ["a"])).ParamName.ShouldBe("word");
    }
}
