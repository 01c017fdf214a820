using Evoke.Encoders.Store;

namespace Evoke.Training.Data;

/// <summary>Where the features of a dataset are: as a person says it, and as a run remembers it.</summary>
public sealed record FeatureLocation
{
    private const string FolderKey = "features";

    /// <summary>The folder of feature files.</summary>
    public required string Folder { get; init; }

    /// <summary>Opens the features.</summary>
    /// <exception cref="Evoke.Curves.EvokeException">They are not there, or cannot be read.</exception>
    public IFeatureSource Open() => new StoreFeatureSource(FeatureStore.Open(Folder));

    /// <summary>What a run is to remember, with full paths.</summary>
    public IReadOnlyDictionary<string, string> ToSources() => new Dictionary<string, string> { [FolderKey] = Path.GetFullPath(Folder) };

    /// <summary>What a run remembers; null if it does not.</summary>
    public static FeatureLocation? OfSources(IReadOnlyDictionary<string, string> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        return sources.TryGetValue(FolderKey, out string? folder) ? new() { Folder = folder } : null;
    }
}
