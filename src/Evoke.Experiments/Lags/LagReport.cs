using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Evoke.Curves.Metrics;

namespace Evoke.Experiments.Lags;

/// <summary>How well labels can be predicted if they are moved earlier by a lag.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Seconds">The lag.</param>
/// <param name="Pearson">Mean over curves, then over videos, each predicted by a ridge that was fitted to others.</param>
public sealed record LagScore(double Seconds, double Pearson);

/// <summary>The lag of a data set.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record LagReport
{
    /// <summary>The lags, the smallest first.</summary>
    public required ImmutableArray<LagScore> Lags { get; init; }

    /// <summary>The lag with the best score, in seconds.</summary>
    public required double Best { get; init; }

    /// <summary>How much better its score is than without a lag.</summary>
    public required double Gain { get; init; }

    /// <summary>The 95 % bootstrap interval of that over groups; null with fewer than two groups.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ScoreInterval? GainInterval { get; init; }

    /// <summary>The lag to use: the best one if its gain is above 0 in the whole interval, otherwise 0.</summary>
    public double Chosen => GainInterval is { Low: > 0 } ? Best : 0;

    /// <summary>Number of folds.</summary>
    public required int Folds { get; init; }

    /// <summary>Number of videos.</summary>
    public required int Videos { get; init; }

    /// <summary>Number of groups.</summary>
    public required int Groups { get; init; }
}
