using System.Collections.Immutable;

namespace Evoke.Training.Runs;

/// <summary>The metrics of one epoch.</summary>
/// <param name="Epoch">Which, from 1.</param>
/// <param name="LearningRate">The rate at its start.</param>
/// <param name="Loss">Mean training loss.</param>
/// <param name="Pearson">Of the validation after it; null if there was none.</param>
/// <param name="PearsonDetectedOnly">The same over rows with labels.</param>
/// <param name="Ccc">Concordance of that validation.</param>
/// <param name="PearsonByEmotion">One for each emotion, NaN for one without validation labels; empty without a validation.</param>
internal sealed record EpochMetrics(
    int Epoch, double LearningRate, double Loss, double? Pearson, double? PearsonDetectedOnly, double? Ccc, ImmutableArray<double> PearsonByEmotion);
