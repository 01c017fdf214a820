using Evoke.Studio.Disk;

namespace Evoke.Studio.Tests;

/// <summary>Kept files can be found by their names, whatever characters these contain.</summary>
public sealed class KeptFileNameTests
{
    [Theory]
    [InlineData("my cut v12 (final).mp4", "my cut v12 (final) 1f2e.mp4")]
    [InlineData("Überfahrt, 第二版.mov", "Überfahrt, 第二版 1f2e.mov")]
    [InlineData("../../etc/passwd", "_.._etc_passwd 1f2e")]
    [InlineData("..", "1f2e")]
    [InlineData("-rf .mp4", "rf 1f2e.mp4")]
    [InlineData(".hidden", "1f2e.hidden")]
    [InlineData("a\0b\n\"c\"|<d>:e*?.mp4", "a_b__c___d__e__ 1f2e.mp4")]
    [InlineData("no ending", "no ending 1f2e")]
    [InlineData("odd.m p4", "odd.m p4 1f2e")]
    public void ANameKeepsWhatIsHarmless(string name, string kept) =>
        KeptFileName.Of(name, "1f2e").ShouldBe(kept);

    [Fact]
    public void HalfACharacterIsNone() => KeptFileName.Of("a\ud83c.mp4", "1f2e").ShouldBe("a_ 1f2e.mp4");

    [Fact]
    public void ALongNameIsCutAtAWholeCharacter()
    {
        string kept = KeptFileName.Of(string.Concat(Enumerable.Repeat("𝒜", 90)) + ".mp4", "1f2e");
        kept.ShouldBe(string.Concat(Enumerable.Repeat("𝒜", 50)) + " 1f2e.mp4");
    }
}
