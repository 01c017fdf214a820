namespace Evoke.Curves.Ratings;

/// <summary>How one rater compares with the others, over all videos and curves.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Rater">The rater.</param>
/// <param name="Traces">How many traces the rater gave.</param>
/// <param name="Constant">How many of them are constant.</param>
/// <param name="WithOthers">Mean correlation of the rater's traces with the mean of the others, in [-1, 1]; null if none is defined.</param>
/// <param name="IsOdd">True if the rater should be looked at: see <see cref="RaterComparison"/>.</param>
public sealed record RaterSummary(string Rater, int Traces, int Constant, double? WithOthers, bool IsOdd);
