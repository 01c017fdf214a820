using System.Security.Cryptography;

namespace Evoke.Studio.Disk;

/// <summary>Ids of 16 lower-case hexadecimal digits, which nobody can guess and which are safe in a path.</summary>
internal static class RandomId
{
    private const int Bytes = 8;

    /// <summary>A new id.</summary>
    public static string Next() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>True for a text of this form: anything else could lead out of a folder.</summary>
    public static bool IsOne(string text) => text.Length == 2 * Bytes && text.All(char.IsAsciiHexDigitLower);
}
