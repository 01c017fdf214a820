using System.Globalization;

namespace Evoke.Datasets.Ratings.Reading;

/// <summary>The scale that raters were given.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Curve">The curve; null for all curves.</param>
/// <param name="Low">Its lowest value, inclusive.</param>
/// <param name="High">Its highest value, inclusive; above <paramref name="Low"/>.</param>
public sealed record RatingRange(string? Curve, double Low, double High)
{
    /// <summary>Reads "LOW..HIGH".</summary>
    /// <param name="text">The text: "-1..1".</param>
    /// <param name="curve">The curve; null for all curves.</param>
    /// <returns>Null if it does not have this form, or the low end is not below the high one.</returns>
    public static RatingRange? TryParse(string text, string? curve = null) =>
        (text ?? "").Split("..") is [var first, var last] && Number(first) is { } low && Number(last) is { } high && low < high
            ? new RatingRange(curve, low, high)
            : null;

    /// <summary>True if it is the scale of a curve.</summary>
    public bool IsFor(string curve) => Curve is null || Curve.Equals(curve, StringComparison.OrdinalIgnoreCase);

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;
}
