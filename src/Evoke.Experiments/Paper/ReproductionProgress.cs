using Evoke.Training.Epochs;

namespace Evoke.Experiments.Paper;

/// <summary>The progress of a reproduction.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Run">The current run.</param>
/// <param name="Position">Its position among the runs, from 0.</param>
/// <param name="Count">The number of runs.</param>
/// <param name="Happening">What happened.</param>
public sealed record ReproductionProgress(PlannedRun Run, int Position, int Count, TrainingEvent Happening);
