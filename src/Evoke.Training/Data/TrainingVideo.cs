using Evoke.Curves;

namespace Evoke.Training.Data;

/// <summary>One video of a training or validation set.</summary>
/// <param name="Labels">Its own rows.</param>
/// <param name="FeatureSteps">Steps of its features on the head's clock: at least 1.</param>
/// <param name="Steps">Steps that have both features and labels: at least 1.</param>
public sealed record TrainingVideo(LabelledVideo Labels, int FeatureSteps, int Steps)
{
    /// <summary>The video's id.</summary>
    public string Id => Labels.VideoId;
}
