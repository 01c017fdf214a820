using Evoke.Features;
using Evoke.Files;

namespace Evoke.Datasets.Sources;

/// <summary>Where the features of a dataset are. Thread-safe.</summary>
public interface IFeatureSource : IDisposable
{
    /// <summary>The name of the source in messages: its folder or files.</summary>
    string Name { get; }

    /// <summary>The ids of all its videos, in ordinal order.</summary>
    /// <exception cref="EvokeException">The source cannot be listed.</exception>
    IReadOnlyList<string> VideoIds { get; }

    /// <summary>True if it has the video.</summary>
    bool Contains(string videoId);

    /// <summary>Opens the features of one video without reading them into memory.</summary>
    /// <exception cref="EvokeException">There are none, or they cannot be read.</exception>
    IOpenFeatures Open(string videoId);

    /// <summary>Reads the features of one video into memory.</summary>
    /// <exception cref="EvokeException">There are none, or they cannot be read.</exception>
    VideoFeatures Read(string videoId);
}
