namespace Evoke.Training.Evaluation;

/// <summary>Scores of one emotion: means over videos.</summary>
/// <param name="Pearson">Over all rows.</param>
/// <param name="PearsonDetectedOnly">Over rows with labels; null if there are none.</param>
/// <param name="Ccc">Over all rows.</param>
public sealed record EmotionScore(double Pearson, double? PearsonDetectedOnly, double Ccc);
