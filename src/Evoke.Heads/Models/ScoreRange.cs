namespace Evoke.Heads.Models;

/// <summary>The lowest and the highest of several scores.</summary>
public sealed record ScoreRange(double Least, double Greatest);
