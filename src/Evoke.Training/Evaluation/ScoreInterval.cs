namespace Evoke.Training.Evaluation;

/// <summary>Between which values a score lies, were other videos drawn.</summary>
/// <param name="Low">The 2.5th percentile.</param>
/// <param name="High">The 97.5th percentile.</param>
public sealed record ScoreInterval(double Low, double High);
