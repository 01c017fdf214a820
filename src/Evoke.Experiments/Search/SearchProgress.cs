using Evoke.Training.Epochs;

namespace Evoke.Experiments.Search;

/// <summary>Where a search stands.</summary>
/// <param name="Rung">Which rung, from 0; a random search has one.</param>
/// <param name="Rungs">How many there are.</param>
/// <param name="Trial">The trial under way.</param>
/// <param name="Position">Which of the rung's trials that is, from 0.</param>
/// <param name="Count">How many trials the rung has.</param>
/// <param name="Epochs">To how many epochs it is trained in this rung.</param>
/// <param name="Happening">What happened.</param>
public sealed record SearchProgress(int Rung, int Rungs, int Trial, int Position, int Count, int Epochs, TrainingEvent Happening);
