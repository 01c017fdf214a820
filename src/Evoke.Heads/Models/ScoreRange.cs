namespace Evoke.Heads.Models;

/// <summary>The lowest and the highest of several scores.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ScoreRange(double Least, double Greatest);
