using Evoke.Cli.Shell;
using Evoke.Datasets.Sources;
using Evoke.Features;
using Evoke.Features.Store;
using Evoke.Heads;
using Evoke.Media.Videos;

namespace Evoke.Cli.Predict;

/// <summary>An input of a prediction: a video, or extracted features.</summary>
/// <param name="Path">As given; for features in a folder or an HDF5 file, the video's id.</param>
/// <param name="Name">The name of its results, without extension: unique within one run.</param>
/// <param name="Video">The video file; null for features.</param>
/// <param name="Features">Reads the features; null for a video.</param>
internal sealed record PredictionInput(string Path, string Name, string? Video, Func<VideoFeatures>? Features)
{
    /// <summary>The stream that <see cref="Video"/> is a copy of; null if it is a file of the user.</summary>
    public StreamedVideo? Stream { get; init; }

    /// <summary>A message about the input, without the path of a copy.</summary>
    public string Named(string message) => Stream is { } stream && Video is { } copy ? stream.NameIn(message, copy) : message;
}

/// <summary>Finds the inputs to predict.</summary>
internal static class PredictionInputs
{
    /// <summary>Expands a list of files and folders to files.</summary>
    /// <exception cref="WrongUseException">A folder has feature files and no videos.</exception>
    /// <exception cref="NoVideosException">There is no video.</exception>
    public static IReadOnlyList<string> Expand(IReadOnlyList<string> filesAndFolders)
    {
        try
        {
            return VideoFiles.Expand(filesAndFolders);
        }
        catch (NoVideosException) when (filesAndFolders.FirstOrDefault(HasFeatures) is { } folder)
        {
            throw new WrongUseException($"'{folder}' contains feature files and no videos: give it as --features {folder}.");
        }
    }

    /// <summary>Videos and feature files, distinguished by their extensions.</summary>
    public static IReadOnlyList<PredictionInput> Of(IEnumerable<NamedVideo> files) =>
        [.. files.Select(file => IsFeatures(file.Path)
            ? new PredictionInput(file.Path, file.Name, null, () => Read(file.Path))
            : new PredictionInput(file.Path, file.Name, file.Path, null))];

    /// <summary>Every video that has features.</summary>
    public static IReadOnlyList<PredictionInput> Of(IFeatureSource features) =>
        [.. features.VideoIds.Select(id => new PredictionInput(id, NameOf(id), null, () => features.Read(id)))];

    /// <summary>Checks that no two results have the same file, as those of <c>film</c> and <c>film-markers</c> might.</summary>
    /// <exception cref="WrongUseException">Two have.</exception>
    public static void ThrowIfTwoShareAFile(IReadOnlyList<PredictionInput> inputs, PredictionFormats formats)
    {
        Dictionary<string, PredictionInput> owners = new(StringComparer.Ordinal);
        foreach (PredictionInput input in inputs)
        {
            foreach (string file in formats.Endings.Select(ending => input.Name + ending))
            {
                if (!owners.TryAdd(file, input))
                {
                    throw new WrongUseException(
                        $"'{owners[file].Path}' and '{input.Path}' would both be written to '{file}': predict them into different folders.");
                }
            }
        }
    }

    // An id may contain characters that a file name may not.
    private static string NameOf(string id) => FeatureFileName.FromId(id)[..^FeatureFileName.Extension.Length];

    private static VideoFeatures Read(string path)
    {
        using FeatureFile file = FeatureFile.Open(path);
        return file.Read();
    }

    private static bool IsFeatures(string path) => path.EndsWith(FeatureFileName.Extension, StringComparison.OrdinalIgnoreCase);

    private static bool HasFeatures(string path) => Directory.Exists(path) && Directory.EnumerateFiles(path).Any(IsFeatures);
}
