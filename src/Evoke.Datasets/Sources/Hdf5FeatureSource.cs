using Evoke.Features;
using Evoke.Features.Hdf5;

namespace Evoke.Datasets.Sources;

/// <summary>Features from HDF5 files, as the paper's authors keep them: one video in memory at a time for each reader.</summary>
/// <param name="name">The name of the source in messages: its files.</param>
/// <param name="features">The open files; this source owns them from now on and disposes them.</param>
internal sealed class Hdf5FeatureSource(string name, Hdf5Features features) : IFeatureSource
{
    private readonly MemoryFeatureSource _videos = new(name, features.VideoIds, id => features.Read(id));

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public IReadOnlyList<string> VideoIds => features.VideoIds;

    /// <inheritdoc/>
    public bool Contains(string videoId) => _videos.Contains(videoId);

    /// <inheritdoc/>
    public IOpenFeatures Open(string videoId) => _videos.Open(videoId);

    /// <inheritdoc/>
    public VideoFeatures Read(string videoId) => _videos.Read(videoId);

    /// <summary>Closes the files.</summary>
    public void Dispose() => features.Dispose();
}
