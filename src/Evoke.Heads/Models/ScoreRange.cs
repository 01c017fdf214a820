namespace Evoke.Heads.Models;

/// <summary>The least and the greatest of several scores.</summary>
public sealed record ScoreRange(double Least, double Greatest);
