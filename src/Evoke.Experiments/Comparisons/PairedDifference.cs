using System.Text.Json.Serialization;
using Evoke.Curves.Metrics;

namespace Evoke.Experiments.Comparisons;

/// <summary>The difference of two models in one score, on one curve or on the mean over curves.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record PairedDifference
{
    /// <summary>The level of p below which a difference is said to be found.</summary>
    public const double Level = 0.05;

    /// <summary>The curve; null for the mean over curves.</summary>
    public string? Curve { get; init; }

    /// <summary>The mean score of the first model over videos.</summary>
    public required double A { get; init; }

    /// <summary>The mean score of the second model over the same videos.</summary>
    public required double B { get; init; }

    /// <summary>The mean over videos of the difference, the second model's score minus the first's.</summary>
    public required double Difference { get; init; }

    /// <summary>Its 95 % bootstrap interval over groups; null with fewer than two groups.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ScoreInterval? Interval { get; init; }

    /// <summary>The two-sided p of the sign-flip permutation test; null with fewer than two groups.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? P { get; init; }

    /// <summary>The same, corrected for the number of curves (Holm); null for the mean over curves, which is one test.</summary>
    public double? HolmP { get; init; }

    /// <summary>The 95 % interval of the difference over panels of raters, drawn anew; null without raters.</summary>
    public ScoreInterval? RatersInterval { get; init; }

    /// <summary>Number of videos.</summary>
    public required int Videos { get; init; }

    /// <summary>Number of groups.</summary>
    public required int Groups { get; init; }

    /// <summary>True if the difference is unlikely to be chance.</summary>
    public bool IsFound => (HolmP ?? P) < Level;

    /// <summary>True if another panel of raters might have given it the other sign; null without raters.</summary>
    public bool? IsWithinRatersNoise => RatersInterval is null ? null : RatersInterval.Low <= 0 && RatersInterval.High >= 0;
}
