using Evoke.Features;
using Evoke.Files;

namespace Evoke.Datasets.Sources;

/// <summary>Where the features of a dataset are. Thread-safe.</summary>
public interface IFeatureSource : IDisposable
{
    /// <summary>What the source is called in messages: its folder or files.</summary>
    string Name { get; }

    /// <summary>The ids of all its videos, in ordinal order.</summary>
    /// <exception cref="Evoke.Curves.EvokeException">The source cannot be listed.</exception>
    IReadOnlyList<string> VideoIds { get; }

    /// <summary>True if it has the video.</summary>
    bool Contains(string videoId);

    /// <summary>Opens the features of one video where they lie.</summary>
    /// <exception cref="EvokeException">There are none, or they cannot be read.</exception>
    IOpenFeatures Open(string videoId);

    /// <summary>Reads the features of one video into memory.</summary>
    /// <exception cref="EvokeException">There are none, or they cannot be read.</exception>
    VideoFeatures Read(string videoId);
}

/// <summary>The features of one video, read row by row. One thread at a time.</summary>
public interface IOpenFeatures : IDisposable
{
    /// <summary>Duration of the video in seconds, as far as there are features.</summary>
    double DurationSeconds { get; }

    /// <summary>Features of the picture; null if there are none.</summary>
    IFeatureRows? Visual { get; }

    /// <summary>Features of the sound; null if there are none.</summary>
    IFeatureRows? Audio { get; }
}

/// <summary>The features of one modality of one video.</summary>
public interface IFeatureRows
{
    /// <summary>Who made them.</summary>
    EncoderIdentity Encoder { get; }

    /// <summary>Steps per second (Hz).</summary>
    double Rate { get; }

    /// <summary>How many steps there are: at least 1.</summary>
    int Steps { get; }

    /// <summary>Numbers per step.</summary>
    int Width { get; }

    /// <summary>True if the video lacks this modality: all rows are zeros.</summary>
    bool IsMissing { get; }

    /// <summary>One row: where it lies, or in <paramref name="room"/> if it had to be converted.</summary>
    /// <param name="index">Which, from 0.</param>
    /// <param name="room">[width].</param>
    ReadOnlySpan<float> Row(int index, Span<float> room);
}
