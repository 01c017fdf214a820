using System.Collections.Immutable;

namespace Evoke.Experiments.Baselines;

/// <summary>How a <see cref="RidgeModel"/> is fitted.</summary>
public sealed record RidgeOptions
{
    /// <summary>Steps per second of features and curves (Hz).</summary>
    public double Rate { get; init; } = 1;

    /// <summary>How many steps before and as many after the one in question are seen, too: 0 for that step alone.</summary>
    public int ContextSteps { get; init; }

    /// <summary>Penalties that are tried, each relative to the number of rows; for each emotion the one that validates best is kept.</summary>
    public ImmutableArray<double> Penalties { get; init; } = [.. Enumerable.Range(-10, 15).Select(half => Math.Pow(10, half / 2.0))];
}
