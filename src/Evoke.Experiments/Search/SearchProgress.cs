using Evoke.Training.Epochs;

namespace Evoke.Experiments.Search;

/// <summary>The progress of a search.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Rung">The current rung, from 0; a random search has one.</param>
/// <param name="Rungs">The number of rungs.</param>
/// <param name="Trial">The current trial.</param>
/// <param name="Position">Its position among the trials of the rung, from 0.</param>
/// <param name="Count">How many trials the rung has.</param>
/// <param name="Epochs">The epochs to which the trial is trained in this rung.</param>
/// <param name="Happening">What happened.</param>
public sealed record SearchProgress(int Rung, int Rungs, int Trial, int Position, int Count, int Epochs, TrainingEvent Happening);
