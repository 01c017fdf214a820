using Evoke.Training.Epochs;

namespace Evoke.Experiments.Paper;

/// <summary>Where a reproduction stands.</summary>
/// <param name="Run">The run under way.</param>
/// <param name="Position">Which of the runs that is, from 0.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Happening">What happened.</param>
public sealed record ReproductionProgress(PlannedRun Run, int Position, int Count, TrainingEvent Happening);
