using Evoke.Files;
using Evoke.Tensors;

namespace Evoke.Features.Store;

/// <summary>A folder of feature files, one for each video: ID.safetensors.</summary>
/// <remarks>Files are written atomically, so many processes may read while one writes. Thread-safe.</remarks>
public sealed class FeatureStore
{
    private FeatureStore(string folder) => Folder = folder;

    /// <summary>Full path of the folder.</summary>
    public string Folder { get; }

    /// <summary>Opens an existing store.</summary>
    /// <exception cref="FeatureStoreMissingException">There is no such folder.</exception>
    public static FeatureStore Open(string folder) => Directory.Exists(folder)
        ? new FeatureStore(Path.GetFullPath(folder))
        : throw new FeatureStoreMissingException(folder);

    /// <summary>Opens a store and creates its folder if it is missing.</summary>
    /// <exception cref="FileWriteException">The folder cannot be created.</exception>
    public static FeatureStore OpenOrCreate(string folder) => new(WritableFolder.Create(folder));

    /// <summary>The path of a video's feature file, whether or not it exists.</summary>
    /// <exception cref="VideoIdException">The id cannot be a file name.</exception>
    public string PathOf(string videoId) => Path.Combine(Folder, FeatureFileName.FromId(videoId));

    /// <summary>True if there is a file for the video; its content is not checked.</summary>
    public bool Contains(string videoId) => File.Exists(PathOf(videoId));

    /// <summary>The ids of all videos that have a file, in ordinal order.</summary>
    /// <exception cref="FeatureFileException">A file of the folder ends in .safetensors but its name is not that of an id.</exception>
    public IReadOnlyList<string> VideoIds()
    {
        List<string> ids = [];
        foreach (string path in Directory.EnumerateFiles(Folder))
        {
            string name = Path.GetFileName(path);
            if (name.StartsWith('.') || !name.EndsWith(FeatureFileName.Extension, StringComparison.Ordinal))
            {
                continue; // files that are being written, failures.csv
            }

            ids.Add(FeatureFileName.TryGetId(name, out string? id)
                ? id
                : throw new FeatureFileException(
                    path, "no video id has this file name: a feature file's name is the id, with unsafe characters as %XX, and '.safetensors'."));
        }

        ids.Sort(StringComparer.Ordinal);
        return ids;
    }

    /// <summary>Opens the features of a video without reading them into memory.</summary>
    /// <exception cref="FeaturesMissingException">There is no file for the video.</exception>
    /// <exception cref="TensorFileException">The file cannot be read, is truncated or is not a safetensors file.</exception>
    /// <exception cref="FeatureFileException">It is not a feature file, contradicts itself, or belongs to another video.</exception>
    public FeatureFile OpenFile(string videoId)
    {
        string path = PathOf(videoId);
        if (!File.Exists(path))
        {
            throw new FeaturesMissingException(videoId, Folder);
        }

        FeatureFile file = FeatureFile.Open(path);
        if (file.Header.VideoId != videoId)
        {
            file.Dispose();
            throw new FeatureFileException(path, $"expected the features of the video '{videoId}', found those of '{file.Header.VideoId}'.");
        }

        return file;
    }

    /// <summary>Reads the features of a video into memory.</summary>
    /// <exception cref="FeaturesMissingException">There is no file for the video.</exception>
    /// <exception cref="TensorFileException">The file cannot be read, is truncated or is not a safetensors file.</exception>
    /// <exception cref="FeatureFileException">
    /// It is not a feature file, contradicts itself, belongs to another video, or has a value that is not finite.
    /// </exception>
    public VideoFeatures Read(string videoId)
    {
        using FeatureFile file = OpenFile(videoId);
        return file.Read();
    }

    /// <summary>Writes the features of a video, replacing any earlier ones.</summary>
    /// <param name="features">What to write.</param>
    /// <param name="storeAs"><see cref="DType.F32"/>, or <see cref="DType.F16"/> for half the size.</param>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    /// <exception cref="VideoIdException">The id cannot be a file name.</exception>
    public void Write(VideoFeatures features, DType storeAs = DType.F32)
    {
        ArgumentNullException.ThrowIfNull(features);
        FeatureFile.Write(PathOf(features.VideoId), features, storeAs);
    }
}
