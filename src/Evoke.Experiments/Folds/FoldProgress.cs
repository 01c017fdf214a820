using Evoke.Training.Epochs;

namespace Evoke.Experiments.Folds;

/// <summary>Progress of a cross-validation.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Fold">The fold that is trained.</param>
/// <param name="Position">Folds of this shard before it.</param>
/// <param name="Count">Folds of this shard.</param>
/// <param name="Happening">What happened in its run.</param>
public sealed record FoldProgress(Fold Fold, int Position, int Count, TrainingEvent Happening);
