using System.Text.Json.Serialization;

namespace Evoke.Training.Evaluation;

/// <summary>Scores of one video: means over emotions.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Id">The video's id.</param>
/// <param name="Pearson">Over all rows.</param>
/// <param name="PearsonDetectedOnly">Over rows with labels; null if it has none.</param>
/// <param name="Ccc">Over all rows.</param>
public sealed record VideoScore(
    string Id, double Pearson, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? PearsonDetectedOnly, double Ccc)
{
    /// <summary>Spearman's rank correlation; null in reports that do not have it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Spearman { get; init; }

    /// <summary>Root mean square error in the unit of the labels; null in reports that do not have it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Rmse { get; init; }

    /// <summary>Mean absolute error in the unit of the labels; null in reports that do not have it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Mae { get; init; }
}
