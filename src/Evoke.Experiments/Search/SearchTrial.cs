namespace Evoke.Experiments.Search;

/// <summary>One trial.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
/// <param name="Number">The number of the trial, from 0.</param>
/// <param name="Values">What it tried, one value for each key.</param>
/// <param name="Epochs">How many epochs it was trained.</param>
/// <param name="Score">Its best validation score; null if its training diverged.</param>
/// <param name="BestEpoch">The epochs done at that validation; 0 if there is none.</param>
/// <param name="State">How it ended.</param>
/// <param name="Folder">Its run folder.</param>
public sealed record SearchTrial(int Number, IReadOnlyList<string> Values, int Epochs, double? Score, int BestEpoch, TrialState State, string Folder);
