using Evoke.Curves;
using Evoke.Features;

namespace Evoke.Datasets.Sources;

/// <summary>The features of one modality of one video.</summary>
/// <remarks>Not thread-safe: one thread at a time.</remarks>
public interface IFeatureRows
{
    /// <summary>The encoder that produced them.</summary>
    EncoderIdentity Encoder { get; }

    /// <summary>Steps per second (Hz).</summary>
    Rate Rate { get; }

    /// <summary>How many steps there are: at least 1.</summary>
    int Steps { get; }

    /// <summary>Numbers per step.</summary>
    int Width { get; }

    /// <summary>True if the video lacks this modality: all rows are zeros.</summary>
    bool IsMissing { get; }

    /// <summary>One row: in place, or in <paramref name="room"/> if it had to be converted.</summary>
    /// <param name="index">Which, from 0.</param>
    /// <param name="room">[width].</param>
    ReadOnlySpan<float> Row(int index, Span<float> room);
}
