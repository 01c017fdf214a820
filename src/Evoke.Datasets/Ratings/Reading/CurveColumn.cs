namespace Evoke.Datasets.Ratings.Reading;

/// <summary>A column that is a curve.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Curve">The curve's name.</param>
/// <param name="Column">The column's name.</param>
public sealed record CurveColumn(string Curve, string Column);
