using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Evoke.Curves.Csv;

/// <summary>Parses the numbers of label files. A dataset has 120 million of them, and parsing dominates the time to read it.</summary>
/// <remarks>
/// Numbers of up to 16 characters with or without a point, such as "0.0018049332" or "7.15e-05", are parsed in one vector: right-aligned, checked, with the
/// point removed, and summed by multiplications. Anything else (a sign, other exponents, spaces, more digits) goes to the framework's parser. The results are
/// identical bit for bit.
/// </remarks>
internal static class LabelNumber
{
    private const int Lanes = 16;
    private const ulong MaxExactInteger = 1UL << 53;
    private const uint BeyondFloat = (1U << 29) - 1; // the fraction bits that a double has and a float lacks
    private const uint HalfStep = 1U << 28; // of a float
    private const uint Near = 4; // steps of a double

    // Each is the double nearest to its power of ten, at most half a step away.
    private static readonly double[] s_tenths =
    [
        1, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12, 1e-13, 1e-14, 1e-15, 1e-16, 1e-17,
        1e-18, 1e-19, 1e-20, 1e-21, 1e-22,
    ];

    // Row (p, n) takes the digits out of the last n lanes: all of them but lane p, moved to the end, with zeros before. p is 16 where there is no point.
    private static readonly Vector128<byte>[] s_digitsOnly =
        [.. Enumerable.Range(0, Lanes + 1).SelectMany(point => Enumerable.Range(1, Lanes).Select(length => DigitsOnly(point, length)))];

    /// <summary>Parses a whole field.</summary>
    /// <returns>False if it is not a number. The value may be infinite or NaN if the text says so or is out of range.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out float value) =>
        TryParseShort(text, out value) || float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    /// <summary>Parses a whole field in the middle of a text: faster, since what is before the field may be read with it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the field starts.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="value">The number.</param>
    /// <returns>False if it is not a number. The value may be infinite or NaN if the text says so or is out of range.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryParse(ReadOnlySpan<byte> text, int start, int end, out float value)
    {
        // An exponent is looked for where this fails: few numbers have one.
        return (end >= Lanes && TryParse(Vector128.Create(text.Slice(end - Lanes, Lanes)), end - start, decimals: 0, out value))
            || TryParseAlone(text[start..end], out value);
    }

    /// <summary>Parses numbers of up to 16 digits in one vector.</summary>
    /// <returns>False if the framework's parser has to decide.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryParseShort(ReadOnlySpan<byte> text, out float value)
    {
        int decimals = TakeExponent(ref text);
        value = 0;
        return text.Length is > 0 and <= Lanes && TryParse(AlignRight(text), text.Length, decimals, out value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // it is rare, and would take room where numbers are parsed
    private static bool TryParseAlone(ReadOnlySpan<byte> text, out float value) => TryParse(text, out value);

    // The number in the last lanes; the lanes before it may hold anything.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryParse(Vector128<byte> lanes, int length, int decimals, out float value)
    {
        value = 0;
        if (length is 0 or > Lanes)
        {
            return false;
        }

        Vector128<byte> digits = lanes - Vector128.Create((byte)'0');
        Vector128<byte> isDigit = Vector128.LessThanOrEqual(digits, Vector128.Create((byte)9));
        uint inNumber = (0xFFFFU << (Lanes - length)) & 0xFFFFU;
        uint others = ~isDigit.ExtractMostSignificantBits() & inNumber;
        uint points = Vector128.Equals(lanes, Vector128.Create((byte)'.')).ExtractMostSignificantBits() & inNumber;
        if (others != points || (others & (others - 1)) != 0 || (others != 0 && length == 1))
        {
            return false;
        }

        int point = BitOperations.TrailingZeroCount(others | (1U << Lanes));
        digits = Vector128.ShuffleNative(digits, s_digitsOnly[(point * Lanes) + length - 1]);
        decimals += point < Lanes ? Lanes - 1 - point : 0;
        ulong integer = Integer(digits);
        if (integer > MaxExactInteger || decimals >= s_tenths.Length)
        {
            return false;
        }

        // The product is at most two steps of a double away from the number, so both are rounded to the same float, unless the middle between two floats is
        // that near: then all digits decide. The number is 0 or at least 1e-22, far from subnormal floats.
        double product = (long)integer * s_tenths[decimals]; // signed: one instruction in place of six
        value = (float)product;
        return (((uint)BitConverter.DoubleToUInt64Bits(product) - HalfStep + Near) & BeyondFloat) > 2 * Near;
    }

    // The number that 16 digits are.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Integer(Vector128<byte> digits)
    {
        if (!Sse41.IsSupported)
        {
            return (EightDigits(digits.AsUInt64()[0]) * 100_000_000) + EightDigits(digits.AsUInt64()[1]);
        }

        Vector128<short> twos = Ssse3.MultiplyAddAdjacent(digits, Vector128.Create(0x010A_010A_010A_010AUL).AsSByte()); // 10 and 1 by turns
        Vector128<int> fours = Sse2.MultiplyAddAdjacent(twos, Vector128.Create(0x0001_0064_0001_0064UL).AsInt16()); // 100 and 1
        Vector128<short> packed = Sse41.PackUnsignedSaturate(fours, fours).AsInt16();
        ulong eights = Sse2.MultiplyAddAdjacent(packed, Vector128.Create(0x0001_2710_0001_2710UL).AsInt16()).AsUInt64().ToScalar(); // 10,000 and 1
        return ((eights & uint.MaxValue) * 100_000_000) + (eights >> 32);
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
    internal static ulong EightDigits(ulong bytes)
    {
        ulong pairs = (bytes * 10) + (bytes >> 8);
        const ulong Mask = 0x000000FF000000FF;
        return (((pairs & Mask) * 0x000F424000000064) + (((pairs >> 16) & Mask) * 0x0000271000000001)) >> 32;
    }

    /// <summary>The shuffle that takes the digits out of a number.</summary>
    /// <param name="point">The lane of its point; 16 if it has none.</param>
    /// <param name="length">How many lanes, the last ones, are the number.</param>
    internal static Vector128<byte> DigitsOnly(int point, int length)
    {
        Span<byte> source = stackalloc byte[Lanes];
        source.Fill(byte.MaxValue); // an index with its highest bit set gives 0
        for (int from = Lanes - 1, to = Lanes - 1; from >= Lanes - length; from--)
        {
            if (from != point)
            {
                source[to--] = (byte)from;
            }
        }

        return Vector128.Create<byte>(source);
    }
}
