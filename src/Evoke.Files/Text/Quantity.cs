using System.Globalization;

namespace Evoke.Files.Text;

/// <summary>A number of things in words: "1 video", "2 videos".</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class Quantity
{
    /// <summary>The number and the word for one or for many.</summary>
    /// <param name="count">How many.</param>
    /// <param name="one">The word for one: "video".</param>
    /// <param name="many">The word for many; null if it is that for one with an s.</param>
    public static string Of(long count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many ?? one + "s")}");
}
