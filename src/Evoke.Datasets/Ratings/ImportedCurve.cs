using Evoke.Curves.Ratings;

namespace Evoke.Datasets.Ratings;

/// <summary>One curve of one video: what its raters said, how far they agree, and the label that was made of it.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Rated">The raters' curves at the rate of the labels, on the raters' scale.</param>
/// <param name="Agreement">How far they agree.</param>
/// <param name="Label">The curve and the spread that are written; in standard deviations if z-scores were asked for.</param>
public sealed record ImportedCurve(RatedCurve Rated, Agreement Agreement, GoldStandard? Label);
