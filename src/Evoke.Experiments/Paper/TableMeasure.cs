namespace Evoke.Experiments.Paper;

/// <summary>A column: what was measured.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Name">The name to display.</param>
/// <param name="Decimals">How many decimals the paper prints.</param>
/// <param name="HasSeeds">False for a number that no seed changes.</param>
public sealed record TableMeasure(string Name, int Decimals, bool HasSeeds = true);
