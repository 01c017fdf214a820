using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.Intrinsics;
using System.Text;
using CsCheck;
using Evoke.Curves.Csv;

namespace Evoke.Curves.Tests.Csv;

public sealed class LabelNumberTests
{
    private static readonly byte[] s_before = "video,0,9.876543e-05,"u8.ToArray();
    private static readonly byte[] s_after = ",0.5"u8.ToArray();

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
            // The nearest double is halfway between two floats, and of these the even one is farther from the number.
            "9005004465579987e-16", "9001036360859871e-17", "9003431070595980e-18", "9005344763863832e-19", "9005197716760449e-20", "9002795650303597e-21",
            "9005712229281926e-22",
        ];
        foreach (string text in texts)
        {
            ShouldBeTheFrameworks(text);
        }
    }

    // A float and the next one: the middle between them with as many digits as fit, and its neighbours in the last digit.
    [Fact]
    public void NumbersNearTheMiddleOfTwoFloatsAreTheFrameworksBitForBit() => Gen.Select(Gen.Int[1, (1 << 24) - 1], Gen.Int[-20, 20], Gen.Int[-3, 3]).Sample(
        (mantissa, exponent, off) =>
        {
            decimal middle = (mantissa + 0.5m) * (decimal)Math.Pow(2, exponent);
            string digits = middle.ToString("0.#############################", CultureInfo.InvariantCulture);
            string cut = digits[..Math.Min(digits.Length, 16)].TrimEnd('.');
            ShouldBeTheFrameworks(cut);
            char last = (char)Math.Clamp(cut[^1] + off, '0', '9');
            ShouldBeTheFrameworks(cut[..^1] + last);
        },
        iter: 20_000);

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("e-05")]
    [InlineData(".e-05")]
    [InlineData("1e-0x")]
    [InlineData("1e-0:")]
    [InlineData("1e-/5")]
    [InlineData("1e-:0")]
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

    [Fact]
    public void NumbersOfUpTo16DigitsAreParsedInOneVector()
    {
        for (int length = 1; length <= 16; length++)
        {
            ShouldBeParsedInOneVector("1234567890123456"[..length]);
            for (int point = 0; point < length && length > 1; point++)
            {
                string digits = "123456789012345"[..(length - 1)];
                ShouldBeParsedInOneVector(digits.Insert(point, "."));
                ShouldBeParsedInOneVector(digits.Insert(point, ".") + "e-05");
                ShouldBeParsedInOneVector(digits.Insert(point, ".") + "E-07");
            }
        }
    }

    [Theory]
    [InlineData("0", true)]
    [InlineData("0.000", true)]
    [InlineData("7e-09", true)]
    [InlineData("7e-19", true)]
    [InlineData("7e-20", true)]
    [InlineData("7e-22", true)] // 10^22 is the last power of ten that a double holds exactly
    [InlineData("7e-23", false)]
    [InlineData("0.7e-21", true)]
    [InlineData("0.7e-22", false)]
    [InlineData("9007199254740992", true)] // 2^53: all smaller integers are doubles
    [InlineData("9007199254740993", false)]
    [InlineData("12345678901234567", false)]
    [InlineData("0.123456789012345", false)] // 17 characters
    [InlineData("16777217", false)] // halfway between two floats
    [InlineData("16777218", true)]
    [InlineData("-1", false)]
    [InlineData("1e+05", false)]
    [InlineData("1e-5", false)]
    public void WhatOneVectorCannotDecideIsLeftToTheFramework(string text, bool isParsed)
    {
        LabelNumber.TryParseShort(Encoding.ASCII.GetBytes(text), out _).ShouldBe(isParsed);
        ShouldBeTheFrameworks(text);
    }

    [Fact]
    public void TheDigitsOfANumberAreMovedTogetherWithZerosBefore()
    {
        for (int length = 1; length <= 16; length++)
        {
            for (int point = 16 - length; point <= 16; point++)
            {
                Vector128<byte> shuffle = LabelNumber.DigitsOnly(point, length);
                int[] digits = [.. Enumerable.Range(16 - length, length).Where(lane => lane != point)];
                for (int lane = 0; lane < 16; lane++)
                {
                    int digit = lane - (16 - digits.Length);
                    int expected = digit < 0 ? byte.MaxValue : digits[digit]; // an index with its highest bit set gives 0
                    ((int)shuffle[lane]).ShouldBe(expected, $"lane {lane} of {length} with the point in {point}");
                }
            }
        }
    }

    [Fact]
    public void EightDigitsAreSummedWithoutVectorsToo() => Gen.Int[0, 99_999_999].Sample(number =>
    {
        byte[] digits = [.. number.ToString("00000000", CultureInfo.InvariantCulture).Select(letter => (byte)(letter - '0'))];
        LabelNumber.EightDigits(BinaryPrimitives.ReadUInt64LittleEndian(digits)).ShouldBe((ulong)number);
    });

    // What is before a field is read with it, and must not count.
    [Theory]
    [InlineData("")]
    [InlineData("9")]
    [InlineData("1.5e-05,")]
    [InlineData("video,0,0.25,7e-05,1.75,")]
    [InlineData("................")]
    [InlineData("9999999999999999999999999999999")]
    public void AFieldInATextIsReadAsItWouldBeAlone(string before)
    {
        string[] fields =
        [
            "", ".", "0", "7", "0.5", ".5", "5.", "0.0018049332", "1234567890123456", "123456789012345.", "0.12345678901234", "9007199254740993", "7e-09",
            "7.15e-05", "16777217", "-1", "x", "0.1.2", " 1", "nan", "123456789012345678901",
        ];
        foreach (string field in fields)
        {
            byte[] alone = Encoding.ASCII.GetBytes(field), text = Encoding.ASCII.GetBytes(before + field + ",4");
            bool expected = LabelNumber.TryParse(alone, out float number);
            LabelNumber.TryParse(text, before.Length, before.Length + field.Length, out float found).ShouldBe(expected, field);
            BitConverter.SingleToInt32Bits(found).ShouldBe(BitConverter.SingleToInt32Bits(number), field);
        }
    }

    private static void ShouldBeParsedInOneVector(string text)
    {
        LabelNumber.TryParseShort(Encoding.ASCII.GetBytes(text), out float value).ShouldBeTrue(text);
        value.ShouldBe(float.Parse(text, CultureInfo.InvariantCulture), text);
    }

    private static void ShouldBeTheFrameworks(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        bool expected = float.TryParse(bytes, NumberStyles.Float, CultureInfo.InvariantCulture, out float number);
        LabelNumber.TryParse(bytes, out float found).ShouldBe(expected, text);
        BitConverter.SingleToInt32Bits(found).ShouldBe(BitConverter.SingleToInt32Bits(expected ? number : 0), text);

        byte[] row = [.. s_before, .. bytes, .. s_after];
        LabelNumber.TryParse(row, s_before.Length, s_before.Length + bytes.Length, out found).ShouldBe(expected, text);
        BitConverter.SingleToInt32Bits(found).ShouldBe(BitConverter.SingleToInt32Bits(expected ? number : 0), text);
    }
}
