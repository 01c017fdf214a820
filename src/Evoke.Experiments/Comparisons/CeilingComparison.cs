using System.Text.Json.Serialization;
using Evoke.Curves.Metrics;

namespace Evoke.Experiments.Comparisons;

/// <summary>A model beside the noise ceiling: how well one rater agrees with the mean of the others.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Model">The model's name.</param>
/// <param name="Curve">The curve; null for the mean over curves.</param>
/// <param name="Score">The model's score, mean over the videos with at least two raters.</param>
/// <param name="Ceiling">The raters' score on the same videos.</param>
/// <param name="Interval">The 95 % bootstrap interval over groups of the model's score minus the raters'; null with fewer than two groups.</param>
public sealed record CeilingComparison(
    string Model,
    string? Curve,
    double Score,
    double Ceiling,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] ScoreInterval? Interval)
{
    /// <summary>True if the model cannot be told from a rater, or agrees better with the labels; null if that cannot be said.</summary>
    public required bool? ReachesRaters { get; init; }

    /// <summary>Compares the scores of a model with those of the raters, video by video.</summary>
    /// <returns>Null if no video has two raters.</returns>
    internal static CeilingComparison? Of(
        string model, string? curve, double[] scores, double[] ceiling, IReadOnlyList<string> groups, ScoreKind kind, int seed)
    {
        double[] differences = [.. scores.Zip(ceiling, (score, rater) => score - rater)];
        var grouped = GroupedScores.Of(differences, groups);
        if (grouped.Videos == 0)
        {
            return null;
        }

        double[] known = [.. scores.Where((_, i) => !double.IsNaN(differences[i]))];
        ScoreInterval? interval = grouped.Interval(seed);
        return new(model, curve, known.Average(), known.Average() - grouped.Mean, interval)
        {
            ReachesRaters = interval is null ? null : kind.IsError() ? interval.Low <= 0 : interval.High >= 0,
        };
    }
}
