using System.Collections.Immutable;
using Evoke.Curves.Metrics;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Splits;

namespace Evoke.Experiments.Comparisons;

/// <summary>What is compared, and how.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
public sealed record ComparisonInput
{
    /// <summary>The labels, moved earlier by the lag of the data set.</summary>
    public required LabelSet Labels { get; init; }

    /// <summary>The models; the first one is the one that the others are compared with.</summary>
    public required ImmutableArray<ModelCurves> Models { get; init; }

    /// <summary>Baselines, with which every model is compared.</summary>
    public ImmutableArray<ModelCurves> Baselines { get; init; } = [];

    /// <summary>The raters; null if the data set has none.</summary>
    public RaterPanel? Raters { get; init; }

    /// <summary>Which videos belong together.</summary>
    public VideoGroups Groups { get; init; } = VideoGroups.None;

    /// <summary>Which score.</summary>
    public ScoreKind Score { get; init; }

    /// <summary>The seed of the bootstrap and of the permutations.</summary>
    public int Seed { get; init; } = Bootstrap.Seed;
}
