using System.Collections.Immutable;

namespace Evoke.Insights.Breaks;

/// <summary>The places for breaks in one video.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Places">The places, the best first.</param>
/// <param name="Note">Why there is none, or what they do not rest on, as a sentence; null if there is nothing to say.</param>
public sealed record BreakList(ImmutableArray<BreakPlace> Places, string? Note);
