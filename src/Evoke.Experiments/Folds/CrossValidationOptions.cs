using Evoke.Datasets.Splits;

namespace Evoke.Experiments.Folds;

/// <summary>How a data set is divided into folds, and what is done in each.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record CrossValidationOptions
{
    /// <summary>The number of folds, at least 2; null to leave one group out at a time.</summary>
    public int? Folds { get; init; } = 5;

    /// <summary>Which videos belong together: they are in the same fold.</summary>
    public VideoGroups Groups { get; init; } = VideoGroups.None;

    /// <summary>The seed of the division. The seed of the networks is the recipe's.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The share of a fold's training videos by which the best epoch and the penalty of the ridge are chosen, between 0 and 1.</summary>
    public double ValidationShare { get; init; } = 0.2;

    /// <summary>Which model of a run is used.</summary>
    public EpochChoice Epoch { get; init; }

    /// <summary>True to predict each fold with a clock and a ridge: see <see cref="Baselines.ClockModel"/> and <see cref="Baselines.RidgeModel"/>.</summary>
    public bool WithBaselines { get; init; } = true;

    /// <summary>True to find the lag of each fold on its training videos, see <see cref="Lags.LagSearch"/>. Its predictions come later by this lag, so that all
    /// folds are scored on the labels as they are.</summary>
    public bool FindsLag { get; init; }
}
