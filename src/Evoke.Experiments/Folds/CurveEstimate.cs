using Evoke.Curves.Metrics;

namespace Evoke.Experiments.Folds;

/// <summary>A score of one curve, or of the mean over curves.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Mean">The mean over videos.</param>
/// <param name="Interval">The 95 % bootstrap interval over groups of videos; null with fewer than two groups.</param>
/// <param name="Pooled">The score over the rows of all videos together.</param>
public sealed record CurveEstimate(double Mean, ScoreInterval? Interval, double Pooled);
