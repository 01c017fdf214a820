using CsCheck;
using Evoke.Files.Text;

namespace Evoke.Files.Tests.Text;

public sealed class SpreadsheetTextTests
{
    [Theory]
    [InlineData("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0")]
    [InlineData("+1", "'+1")]
    [InlineData("-a0_Bcdefgh", "'-a0_Bcdefgh")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "'\r=1")]
    [InlineData("'=1", "''=1")]
    [InlineData("'tis a film", "'tis a film")]
    [InlineData("film-1", "film-1")]
    [InlineData("", "")]
    public void WhatASpreadsheetWouldRunGetsAnApostrophe(string text, string cell) => SpreadsheetText.Escape(text).ShouldBe(cell);

    [Fact]
    public void EveryTextComesBack() => Gen.Select(Gen.String[Gen.Char["'=-+@\tax"], 0, 4], Gen.String).Sample((start, rest) =>
        SpreadsheetText.Unescape(SpreadsheetText.Escape(start + rest)).ShouldBe(start + rest));

    [Fact]
    public void NoCellIsRun() => Gen.Select(Gen.String[Gen.Char["'=-+@\tax"], 0, 4], Gen.String).Sample((start, rest) =>
        "=+-@\t\r\n".Contains((SpreadsheetText.Escape(start + rest) + "a")[0], StringComparison.Ordinal).ShouldBeFalse());

    [Theory]
    [InlineData("'=1", "=1")]
    [InlineData("''=1", "'=1")]
    [InlineData("'tis a film", "'tis a film")]
    [InlineData("=1", "=1")]
    [InlineData("'", "'")]
    [InlineData("", "")]
    public void OnlyTheApostropheOfEscapingGoes(string cell, string text) => SpreadsheetText.Unescape(cell).ShouldBe(text);

    [Fact]
    public void TextThatIsMissingIsNamed()
    {
        Should.Throw<ArgumentNullException>(() => SpreadsheetText.Escape(null!)).ParamName.ShouldBe("text");
        Should.Throw<ArgumentNullException>(() => SpreadsheetText.Unescape(null!)).ParamName.ShouldBe("cell");
    }
}
