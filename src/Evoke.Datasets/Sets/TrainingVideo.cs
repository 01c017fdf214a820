using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Features;

namespace Evoke.Datasets.Sets;

/// <summary>One video of a training or validation set.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Labels">Its own rows.</param>
/// <param name="FeatureSteps">Steps of its features on the head's clock: at least 1.</param>
/// <param name="Steps">Steps that have both features and labels: at least 1.</param>
public sealed record TrainingVideo(LabelledVideo Labels, int FeatureSteps, int Steps)
{
    /// <summary>The video's id.</summary>
    public string Id => Labels.VideoId;

    /// <summary>The standard deviations of the raters, a row for each row of labels; null if they were not read.</summary>
    public LabelledVideo? Spread { get; init; }

    /// <summary>The labels nearest to a time: one value per emotion.</summary>
    /// <param name="seconds">The time, from the start of the picture.</param>
    public ReadOnlySpan<float> LabelsNear(double seconds) => RowNear(Labels.Curves, seconds);

    /// <summary>The standard deviations of the raters at the labels nearest to a time: one value per emotion; empty if they were not read.</summary>
    /// <param name="seconds">The time, from the start of the picture.</param>
    public ReadOnlySpan<float> SpreadNear(double seconds) => Spread is null ? [] : RowNear(Spread.Curves, seconds);

    private static ReadOnlySpan<float> RowNear(EmotionCurves curves, double seconds) =>
        curves.Row(FeatureClock.StepNear(curves.Grid.Count, curves.Grid.Rate, seconds));
}
