using System.Collections.Immutable;
using Evoke.Curves;
using Evoke.Datasets.Splits;

namespace Evoke.Experiments.Lags;

/// <summary>Which lags are tried, and how.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record LagSearchOptions
{
    /// <summary>Steps per second of the features (Hz).</summary>
    public Rate Rate { get; init; } = new(1);

    /// <summary>The largest lag in seconds, above 0.</summary>
    public double Most { get; init; } = 6;

    /// <summary>The distance between lags in seconds, above 0.</summary>
    public double Step { get; init; } = 0.5;

    /// <summary>The number of folds, at least 2; fewer if there are fewer groups.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Which videos belong together: they are in the same fold.</summary>
    public VideoGroups Groups { get; init; } = VideoGroups.None;

    /// <summary>The seed of the division into folds.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The lags that are tried, in seconds: from 0 to the largest.</summary>
    public ImmutableArray<double> Lags => [.. Enumerable.Range(0, (int)Math.Floor((Most / Step) + 1e-9) + 1).Select(i => Math.Round(i * Step, 6))];
}
