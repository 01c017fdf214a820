namespace Evoke.Datasets.Ratings.Reading;

/// <summary>The scale that raters were given.</summary>
/// <param name="Curve">The curve; null for all curves.</param>
/// <param name="Low">Its lowest value, inclusive.</param>
/// <param name="High">Its highest value, inclusive; above <paramref name="Low"/>.</param>
public sealed record RatingRange(string? Curve, double Low, double High)
{
    /// <summary>True if it is the scale of a curve.</summary>
    public bool IsFor(string curve) => Curve is null || Curve.Equals(curve, StringComparison.OrdinalIgnoreCase);
}
