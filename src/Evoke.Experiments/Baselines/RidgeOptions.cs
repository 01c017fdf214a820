using System.Collections.Immutable;
using Evoke.Curves;

namespace Evoke.Experiments.Baselines;

/// <summary>How a <see cref="RidgeModel"/> is fitted.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record RidgeOptions
{
    /// <summary>Steps per second of features and curves (Hz).</summary>
    public Rate Rate { get; init; } = new(1);

    /// <summary>Number of steps before and after the current one that are included: 0 for that step alone.</summary>
    public int ContextSteps { get; init; }

    /// <summary>Penalties to try, each relative to the number of rows; for each emotion the one with the best validation score is kept.</summary>
    public ImmutableArray<double> Penalties { get; init; } = [.. Enumerable.Range(-10, 15).Select(half => Math.Pow(10, half / 2.0))];
}
