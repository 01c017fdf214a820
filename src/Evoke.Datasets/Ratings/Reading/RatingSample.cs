namespace Evoke.Datasets.Ratings.Reading;

/// <summary>One value, as it was understood.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Video">The video.</param>
/// <param name="Rater">The rater.</param>
/// <param name="Curve">The curve.</param>
/// <param name="Seconds">The time in seconds.</param>
/// <param name="Value">The value; NaN if it is missing.</param>
public readonly record struct RatingSample(string Video, string Rater, string Curve, double Seconds, double Value);
