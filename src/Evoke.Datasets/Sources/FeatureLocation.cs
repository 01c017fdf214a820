using System.Globalization;
using Evoke.Features;
using Evoke.Features.Hdf5;
using Evoke.Features.Store;
using Evoke.Files;

namespace Evoke.Datasets.Sources;

/// <summary>Where the features of a dataset are: as a person says it, and as a run remembers it.</summary>
public sealed record FeatureLocation
{
    private const string FolderKey = "features";
    private const string VisualKey = "visual";
    private const string AudioKey = "audio";

    /// <summary>The folder of feature files; null for HDF5 files.</summary>
    public string? Folder { get; init; }

    /// <summary>An HDF5 file of the picture's features; null for none.</summary>
    public Hdf5Source? Visual { get; init; }

    /// <summary>An HDF5 file of the sound's features; null for none.</summary>
    public Hdf5Source? Audio { get; init; }

    /// <summary>Opens the features.</summary>
    /// <param name="rate">Steps per second of the head's clock (Hz): rows of HDF5 files are picked by time for it.</param>
    /// <exception cref="EvokeException">They are not there, or cannot be read.</exception>
    public IFeatureSource Open(double rate) => Folder is not null
        ? new StoreFeatureSource(FeatureStore.Open(Folder))
        : new Hdf5FeatureSource(
            string.Join(" and ", new[] { Visual?.Path, Audio?.Path }.OfType<string>()), Hdf5Features.Open(new Hdf5ImportOptions { Visual = Visual, Audio = Audio, Rate = rate }));

    /// <summary>What a run is to remember, with full paths.</summary>
    public IReadOnlyDictionary<string, string> ToSources()
    {
        Dictionary<string, string> sources = [];
        if (Folder is not null)
        {
            sources[FolderKey] = Path.GetFullPath(Folder);
        }

        Add(VisualKey, Visual);
        Add(AudioKey, Audio);
        return sources;

        void Add(string key, Hdf5Source? source)
        {
            if (source is not null)
            {
                sources[$"{key}_hdf5"] = Path.GetFullPath(source.Path);
                sources[$"{key}_rate"] = source.Rate.ToString("R", CultureInfo.InvariantCulture);
                sources[$"{key}_encoder"] = source.Encoder.Name;
            }
        }
    }

    /// <summary>What a run remembers; null if it does not.</summary>
    public static FeatureLocation? OfSources(IReadOnlyDictionary<string, string> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        FeatureLocation found = new() { Folder = sources.GetValueOrDefault(FolderKey), Visual = Find(VisualKey), Audio = Find(AudioKey) };
        return found is { Folder: null, Visual: null, Audio: null } ? null : found;

        Hdf5Source? Find(string key) => sources.TryGetValue($"{key}_hdf5", out string? path)
            ? new(path, double.Parse(sources[$"{key}_rate"], CultureInfo.InvariantCulture), new EncoderIdentity(sources[$"{key}_encoder"]))
            : null;
    }
}
