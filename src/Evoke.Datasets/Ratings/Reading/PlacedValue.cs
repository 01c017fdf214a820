using Evoke.Datasets.Ratings.Tables;

namespace Evoke.Datasets.Ratings.Reading;

/// <summary>A value with its place.</summary>
/// <param name="Rater">Who gave it.</param>
/// <param name="Value">The value; finite.</param>
/// <param name="Place">Where it was read.</param>
internal readonly record struct PlacedValue(string Rater, double Value, RatingPlace Place);
