using System.Collections.Immutable;
using System.Text;

namespace Evoke.Fuzz.Mutations;

/// <summary>Numbers at which arithmetic goes wrong.</summary>
internal static class Extremes
{
    /// <summary>As integers, to be cut to the width of the field.</summary>
    public static ImmutableArray<ulong> Integers { get; } =
    [
        0, 1, 2, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x1_0000, 0x7FFF_FFC7, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFE, 0xFFFF_FFFF, 0x1_0000_0000,
        0x4000_0000_0000_0000, 0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, 0xFFFF_FFFF_FFFF_FFFF,
    ];

    /// <summary>As text.</summary>
    public static ImmutableArray<byte[]> Texts { get; } =
    [
        .. new[]
        {
            "0", "-1", "1", "-0", "255", "256", "65536", "2147483647", "-2147483648", "2147483648", "4294967295", "4294967296", "9223372036854775807",
            "-9223372036854775808", "9223372036854775808", "18446744073709551615", "18446744073709551616", "1e999", "-1e999", "1e308", "1e-320", "0.1", "NaN",
            "Infinity", "-Infinity", "00", "0x10", "1_000", "1,5", "99999999999999999999999999999999999999999", "null", "true", "\"1\"", "", "-",
        }.Select(Encoding.UTF8.GetBytes),
    ];
}
