using System.Collections.Immutable;

namespace Evoke.Experiments.Folds;

/// <summary>How far a cross-validation is after a process has done its share.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
/// <param name="Report">The result; null while folds are missing.</param>
/// <param name="Waiting">Numbers of the folds that other shards still have to do.</param>
/// <param name="Diverged">The messages of folds whose loss became NaN or infinite, by number.</param>
public sealed record CrossValidationState(CrossValidationReport? Report, ImmutableArray<int> Waiting, ImmutableSortedDictionary<int, string> Diverged);
