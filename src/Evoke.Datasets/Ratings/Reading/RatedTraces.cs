using System.Collections.Immutable;
using Evoke.Curves.Ratings;

namespace Evoke.Datasets.Ratings.Reading;

/// <summary>The traces of one curve of one video.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="VideoId">The video.</param>
/// <param name="Curve">The curve.</param>
/// <param name="Traces">At least one trace, each of another rater.</param>
public sealed record RatedTraces(string VideoId, string Curve, ImmutableArray<RaterTrace> Traces);
