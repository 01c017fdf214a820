namespace Evoke.Curves.Export;

/// <summary>What is known of the labels of a prediction besides their values: where they are from, how far the raters were apart, and how well the predicted
/// curves agree with them.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody changes its collections.</remarks>
public sealed record LabelComparison
{
    /// <summary>Where the labels are from, for display: "labels.csv: 12 raters, joined by mean".</summary>
    public required string Source { get; init; }

    /// <summary>The raters' standard deviation on the grid and in the units of the predicted curves, NaN where it is not known; null if it is not known
    /// anywhere.</summary>
    public EmotionCurves? Spread { get; init; }

    /// <summary>One entry for each curve that both the prediction and the labels have, in the prediction's order.</summary>
    public required IReadOnlyList<LabelScore> Scores { get; init; }
}
