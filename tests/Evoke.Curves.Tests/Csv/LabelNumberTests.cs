using System.Globalization;
using System.Text;
using CsCheck;
using Evoke.Curves.Csv;

namespace Evoke.Curves.Tests.Csv;

public sealed class LabelNumberTests
{
    [Fact]
    public void DecimalsOfAnyLengthAreTheFrameworksBitForBit() =>
        Gen.Select(Gen.Char['0', '9'].Array[0, 18], Gen.Char['0', '9'].Array[0, 18], Gen.Bool).Sample(
            (whole, fraction, point) => ShouldBeTheFrameworks(new string(whole) + (point ? "." : "") + new string(fraction)), iter: 20_000);

    [Fact]
    public void FloatsAndDoublesAsTheyAreWrittenAreTheFrameworksBitForBit() => Gen.OneOf(Gen.Double[0, 1], Gen.Double[-1e20, 1e20], Gen.Double).Sample(
        value =>
        {
            ShouldBeTheFrameworks(value.ToString(CultureInfo.InvariantCulture));
            ShouldBeTheFrameworks(((float)value).ToString(CultureInfo.InvariantCulture));
            ShouldBeTheFrameworks(value.ToString("F7", CultureInfo.InvariantCulture));
        },
        iter: 20_000);

    [Fact]
    public void SmallNumbersWithExponentsAreTheFrameworksBitForBit() =>
        Gen.Select(
            Gen.Char['0', '9'].Array[0, 9],
            Gen.Char['0', '9'].Array[0, 12],
            Gen.Bool,
            Gen.OneOf(Gen.Const("e-"), Gen.Const("E-"), Gen.Const("e"), Gen.Const("e+"), Gen.Const("-")),
            Gen.Int[0, 60]).Sample(
            (whole, fraction, point, e, exponent) => ShouldBeTheFrameworks(
                new string(whole) + (point ? "." : "") + new string(fraction) + e + exponent.ToString("00", CultureInfo.InvariantCulture)),
            iter: 20_000);

    [Fact]
    public void TextOfAnyKindIsTheFrameworksBitForBit() =>
        Gen.String["0123456789.-+eE, x\0\u00E9"].Where(text => text.Length <= 20).Sample(ShouldBeTheFrameworks, iter: 20_000);

    [Fact]
    public void NumbersHalfwayBetweenTwoFloatsAreRoundedByAllTheirDigits()
    {
        // 1 + 2^-24 is halfway between two floats; the digits beyond a double's precision decide.
        string[] texts =
        [
            "16777217", "16777217.0", "16777219", "1.0000000596046448", "1.00000005960464", "1.00000005960465", "0.500000029802322", "33554435",
            "9007199254740993", "9007199791611905",
        ];
        foreach (string text in texts)
        {
            ShouldBeTheFrameworks(text);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("e-05")]
    [InlineData(".e-05")]
    [InlineData("1e-0x")]
    [InlineData("0.1.2")]
    [InlineData("1,5")]
    [InlineData("0x10")]
    [InlineData("/")]
    [InlineData(":")]
    public void WhatIsNoNumberIsNone(string text) => LabelNumber.TryParse(Encoding.UTF8.GetBytes(text), out _).ShouldBeFalse();

    [Fact]
    public void NoByteBeyondTheTextIsRead()
    {
        byte[] padded = Encoding.ASCII.GetBytes("77770.1234567890127777");
        for (int length = 1; length <= 14; length++)
        {
            ReadOnlySpan<byte> text = padded.AsSpan(4, length);
            LabelNumber.TryParse(text, out float value).ShouldBeTrue();
            value.ShouldBe(float.Parse(text, CultureInfo.InvariantCulture));
        }
    }

    private static void ShouldBeTheFrameworks(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        bool expected = float.TryParse(bytes, NumberStyles.Float, CultureInfo.InvariantCulture, out float number);
        LabelNumber.TryParse(bytes, out float found).ShouldBe(expected, text);
        BitConverter.SingleToInt32Bits(found).ShouldBe(BitConverter.SingleToInt32Bits(expected ? number : 0), text);
    }
}
