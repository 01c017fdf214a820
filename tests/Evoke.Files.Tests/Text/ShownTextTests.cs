using CsCheck;
using Evoke.Files.Text;

namespace Evoke.Files.Tests.Text;

public sealed class ShownTextTests
{
    [Theory]
    [InlineData("a\u001b[31mred\u001b[0m.mp4", "a\\u001B[31mred\\u001B[0m.mp4")]
    [InlineData("bell\a, back\b, over\r", "bell\\u0007, back\\u0008, over\\u000D")]
    [InlineData("c1 \u009b31m", "c1 \\u009B31m")]
    [InlineData("gpj\u202e.exe", "gpj\\u202E.exe")]
    [InlineData("\u2066isolated\u2069 \u200f\u061c", "\\u2066isolated\\u2069 \\u200F\\u061C")]
    [InlineData("line\u2028para\u2029", "line\\u2028para\\u2029")]
    [InlineData("naïve 映画 👩‍🚀\tTab\nnew line", "naïve 映画 👩‍🚀\tTab\nnew line")]
    public void WhatWouldControlTheTerminalIsEscaped(string text, string shown) => ShownText.Escape(text).ShouldBe(shown);

    [Fact]
    public void NothingThatControlsIsLeft() => Gen.String.Sample(text => ShownText.Escape(text).Any(ShownText.IsControl).ShouldBeFalse());

    [Fact]
    public void ANameStaysOnOneLine() => ShownText.OneLine("a\nevoke: done\tb").ShouldBe("a\\u000Aevoke: done\\u0009b");

    /// <summary>By their numbers in Unicode: C0 but tab and line feed, delete and C1, controls of lines, direction, byte order and annotation.</summary>
    [Fact]
    public void ControlsAreTheseAndNoOthers()
    {
        (int First, int Last)[] controls =
        [
            (0x00, 0x08), (0x0B, 0x1F), (0x7F, 0x9F), (0x061C, 0x061C), (0x200E, 0x200F), (0x2028, 0x202E), (0x2066, 0x206F),
            (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB),
        ];
        for (int c = 0; c <= char.MaxValue; c++)
        {
            ShownText.IsControl((char)c).ShouldBe(controls.Any(range => c >= range.First && c <= range.Last), $"U+{c:X4}");
        }
    }

    [Fact]
    public void TextWithoutControlsStaysTheSameText()
    {
        string plain = new('a', 3);
        ShownText.Escape(plain).ShouldBeSameAs(plain);
        ShownText.Escape("").ShouldBe("");
        Should.Throw<ArgumentNullException>(() => ShownText.Escape(null!)).ParamName.ShouldBe("text");
    }
}
