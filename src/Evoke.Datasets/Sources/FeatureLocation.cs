using Evoke.Curves;
using Evoke.Features.Hdf5;
using Evoke.Features.Import;
using Evoke.Features.Store;
using Evoke.Files;

namespace Evoke.Datasets.Sources;

/// <summary>Where the features of a dataset are: as the user gives it and as a run records it.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record FeatureLocation
{
    /// <summary>The folder of feature files; null for HDF5 files.</summary>
    public string? Folder { get; init; }

    /// <summary>An HDF5 file of the picture's features; null for none.</summary>
    public Hdf5Source? Visual { get; init; }

    /// <summary>An HDF5 file of the sound's features; null for none.</summary>
    public Hdf5Source? Audio { get; init; }

    /// <summary>Opens the features.</summary>
    /// <param name="rate">Steps per second of the head's clock (Hz): rows of HDF5 files are picked by time for it.</param>
    /// <exception cref="EvokeException">They do not exist or cannot be read.</exception>
    public IFeatureSource Open(Rate rate) => Folder is not null
        ? new StoreFeatureSource(FeatureStore.Open(Folder))
        : new Hdf5FeatureSource(
            ToString(), Hdf5Features.Open(new FeatureImportOptions { Visual = Visual, Audio = Audio, Rate = rate }));

    /// <summary>The same with full paths.</summary>
    public FeatureLocation WithFullPaths() => new()
    {
        Folder = Folder is null ? null : Path.GetFullPath(Folder),
        Visual = Visual is null ? null : Visual with { Path = Path.GetFullPath(Visual.Path) },
        Audio = Audio is null ? null : Audio with { Path = Path.GetFullPath(Audio.Path) },
    };

    /// <summary>One line for display: the folder or the files.</summary>
    public override string ToString() => Folder ?? string.Join(" and ", new[] { Visual?.Path, Audio?.Path }.OfType<string>());
}
