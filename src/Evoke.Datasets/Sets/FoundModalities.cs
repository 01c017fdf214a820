using Evoke.Datasets.Labels;
using Evoke.Datasets.Sources;

namespace Evoke.Datasets.Sets;

/// <summary>Which modalities the features of a data set have.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class FoundModalities
{
    /// <summary>Looks at the first labelled video that has features; both if none has.</summary>
    public static ModalityChoice Of(LabelSet labels, IFeatureSource features)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(features);
        if (labels.Videos.Select(video => video.VideoId).FirstOrDefault(features.Contains) is not { } id)
        {
            return ModalityChoice.Both;
        }

        using IOpenFeatures open = features.Open(id);
        return (open.Visual, open.Audio) switch
        {
            (not null, null) => ModalityChoice.Visual,
            (null, not null) => ModalityChoice.Audio,
            _ => ModalityChoice.Both,
        };
    }
}
