using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Evoke.Curves.Csv;

/// <summary>Parses the numbers of label files. A dataset has 120 million of them, and parsing dominates the time to read it.</summary>
/// <remarks>
/// Numbers of up to 16 digits with or without a point, such as "0.0018049332" or "7.15e-05", are parsed in one vector: right-aligned, checked, with the point
/// removed, and summed by multiplications. Anything else (a sign, other exponents, spaces, more digits) goes to the framework's parser. The results are
/// identical bit for bit.
/// </remarks>
internal static class LabelNumber
{
    private const int Lanes = 16;
    private const ulong MaxExactInteger = 1UL << 53;
    private const uint MidpointMask = (1U << 29) - 1; // the fraction bits that a double has and a float lacks
    private const uint Midpoint = 1U << 28;

    private static readonly double[] s_powersOf10 =
    [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
        1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    // Row p removes lane p and moves the lanes before it up by one; lane 0 becomes 0, since an index with its highest bit set gives 0.
    private static readonly Vector128<byte>[] s_closeUp = [.. Enumerable.Range(0, Lanes).Select(CloseUp)];

    /// <summary>Parses a whole field.</summary>
    /// <returns>False if it is not a number. The value may be infinite or NaN if the text says so or is out of range.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out float value) =>
        TryParseShort(text, out value) || float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    /// <summary>Parses numbers of up to 16 digits in one vector.</summary>
    /// <returns>False if the framework's parser has to decide.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryParseShort(ReadOnlySpan<byte> text, out float value)
    {
        value = 0;
        int decimals = TakeExponent(ref text);
        if (text.Length is 0 or > Lanes)
        {
            return false;
        }

        Vector128<byte> lanes = AlignRight(text);
        Vector128<byte> digits = lanes - Vector128.Create((byte)'0');
        Vector128<byte> isDigit = Vector128.LessThanOrEqual(digits, Vector128.Create((byte)9));
        uint others = ~isDigit.ExtractMostSignificantBits() & (0xFFFFU << (Lanes - text.Length)) & 0xFFFFU;
        uint points = Vector128.Equals(lanes, Vector128.Create((byte)'.')).ExtractMostSignificantBits();
        if (others != points || BitOperations.PopCount(others) > 1 || (others != 0 && text.Length == 1))
        {
            return false;
        }

        digits &= isDigit;
        if (others != 0)
        {
            int point = BitOperations.TrailingZeroCount(others);
            digits = Vector128.ShuffleNative(digits, s_closeUp[point]);
            decimals += Lanes - 1 - point;
        }

        ulong integer = (EightDigits(digits.AsUInt64()[0]) * 100_000_000) + EightDigits(digits.AsUInt64()[1]);
        if (integer > MaxExactInteger || decimals >= s_powersOf10.Length)
        {
            return false;
        }

        // Both operands are exact, so the quotient is the double nearest to the text. Rounding it to a float equals rounding the text,
        // unless the double is exactly between two floats: then the rest of the text decides. It is 0 or at least 1e-22, far from subnormal floats.
        double quotient = (long)integer / s_powersOf10[decimals]; // signed: one instruction in place of six
        value = (float)quotient;
        return (BitConverter.DoubleToUInt64Bits(quotient) & MidpointMask) != Midpoint;
    }

    /// <summary>Removes an exponent such as "e-05" from the end of a number and returns the 5; 0 if there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int TakeExponent(ref ReadOnlySpan<byte> text)
    {
        const int Length = 4;
        if (text.Length <= Length || (text[^4] | 0x20) != 'e' || text[^3] != '-')
        {
            return 0;
        }

        uint tens = (uint)(text[^2] - '0');
        uint ones = (uint)(text[^1] - '0');
        if (tens > 9 || ones > 9)
        {
            return 0;
        }

        text = text[..^Length];
        return (int)((tens * 10) + ones);
    }

    /// <summary>Loads 1 to 16 bytes into the last lanes of a vector, with zeros before them, without reading beyond the text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> AlignRight(ReadOnlySpan<byte> text)
    {
        ref byte start = ref MemoryMarshal.GetReference(text);
        int length = text.Length;
        if (length >= 8)
        {
            ulong first = Unsafe.ReadUnaligned<ulong>(ref start);
            ulong last = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, length - 8));
            int halfShift = 4 * (16 - length); // in two halves, since a shift by 64 bits has no effect
            return Vector128.Create(first << halfShift << halfShift, last).AsByte();
        }

        if (length >= 4)
        {
            ulong first = Unsafe.ReadUnaligned<uint>(ref start);
            ulong last = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, length - 4));
            return Vector128.Create(0UL, (uint)(first << (8 * (8 - length))) | (last << 32)).AsByte();
        }

        ulong packed = 0;
        for (int i = 0; i < length; i++)
        {
            packed |= (ulong)text[i] << (8 * (8 - length + i));
        }

        return Vector128.Create(0UL, packed).AsByte();
    }

    /// <summary>The number whose decimal digits are the bytes of a word, first digit in the lowest byte; uses three multiplications.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong EightDigits(ulong bytes)
    {
        ulong pairs = (bytes * 10) + (bytes >> 8);
        const ulong Mask = 0x000000FF000000FF;
        return (((pairs & Mask) * 0x000F424000000064) + (((pairs >> 16) & Mask) * 0x0000271000000001)) >> 32;
    }

    /// <summary>The shuffle that removes a lane.</summary>
    internal static Vector128<byte> CloseUp(int point)
    {
        Span<byte> source = stackalloc byte[Lanes];
        for (int lane = 0; lane < Lanes; lane++)
        {
            source[lane] = lane > point ? (byte)lane : lane == 0 ? byte.MaxValue : (byte)(lane - 1);
        }

        return Vector128.Create<byte>(source);
    }
}
