using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Datasets.Labels;
using Evoke.Features;
using Evoke.Features.Store;

namespace Evoke.Experiments.Paper;

/// <summary>Features of one pair of encoders at one rate.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Name">The folder's name within the data set: "features", "features-6hz", "features-inception".</param>
/// <param name="Path">Its full path.</param>
/// <param name="Rate">Steps per second (Hz).</param>
/// <param name="Visual">The encoder of the visual features; null if there are none.</param>
/// <param name="Audio">The encoder of the audio features; null if there are none.</param>
public sealed record FeatureFolder(string Name, string Path, Rate Rate, EncoderIdentity? Visual, EncoderIdentity? Audio)
{
    /// <summary>"swin-l + vggish".</summary>
    public string Encoders => string.Join(" + ", new[] { Visual?.Name, Audio?.Name }.OfType<string>());

    /// <summary>Opens a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="labels">The labels whose videos the folder should have.</param>
    /// <exception cref="ReproductionDataException">It has no features for any of the videos.</exception>
    internal static FeatureFolder Open(string path, LabelSet labels)
    {
        FeatureStore store = FeatureStore.Open(path);
        LabelledVideo video = labels.Videos.FirstOrDefault(video => store.Contains(video.VideoId))
            ?? throw new ReproductionDataException(
                $"{path} has no features for any of the {labels.Videos.Count} videos of {labels.Name}; the first is '{labels.Videos[0].VideoId}'.");
        using FeatureFile file = store.OpenFile(video.VideoId);
        Rate rate = (file.Header.Visual ?? file.Header.Audio)?.Rate
            ?? throw new ReproductionDataException($"{store.PathOf(video.VideoId)} has neither visual nor audio features.");
        return new FeatureFolder(System.IO.Path.GetFileName(store.Folder), store.Folder, rate, file.Visual?.Encoder, file.Audio?.Encoder);
    }
}
