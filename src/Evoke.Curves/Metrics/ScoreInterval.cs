namespace Evoke.Curves.Metrics;

/// <summary>The 95 % bootstrap interval of a score over videos.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Low">The 2.5th percentile.</param>
/// <param name="High">The 97.5th percentile.</param>
public sealed record ScoreInterval(double Low, double High);
