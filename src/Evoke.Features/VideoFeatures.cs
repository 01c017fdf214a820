using Evoke.Curves;

namespace Evoke.Features;

/// <summary>Features of one modality: [steps, width] on a clock of its own.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody writes to its arrays.</remarks>
/// <param name="Encoder">The encoder that produced them.</param>
/// <param name="Rate">Steps per second (Hz); step k is at k / Rate seconds.</param>
/// <param name="Width">Numbers per step.</param>
/// <param name="Values">Row-major [steps, width].</param>
public sealed record FeatureSequence(EncoderIdentity Encoder, Rate Rate, int Width, float[] Values)
{
    /// <summary>How many steps there are.</summary>
    public int Steps => Width == 0 ? 0 : Values.Length / Width;

    /// <summary>When the steps are.</summary>
    public TimeGrid Grid => new(Rate, Steps);

    /// <summary>The features of one step: [width].</summary>
    public ReadOnlySpan<float> Row(int step) => Values.AsSpan(step * Width, Width);

    /// <summary>The first rows of several, the numbers of a step side by side.</summary>
    /// <param name="parts">In the order of a row, each with at least <paramref name="steps"/> steps.</param>
    /// <param name="steps">How many rows.</param>
    /// <returns>Row-major [steps, sum of the widths].</returns>
    public static float[] SideBySide(IReadOnlyList<FeatureSequence> parts, int steps)
    {
        ArgumentNullException.ThrowIfNull(parts);
        int width = parts.Sum(part => part.Width);
        float[] values = new float[checked(steps * width)];
        for (int step = 0; step < steps; step++)
        {
            Span<float> row = values.AsSpan(step * width, width);
            foreach (FeatureSequence part in parts)
            {
                part.Row(step).CopyTo(row);
                row = row[part.Width..];
            }
        }

        return values;
    }
}

/// <summary>All features of one video.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody writes to its arrays.</remarks>
public sealed record VideoFeatures
{
    /// <summary>The video's id: for EEV its YouTube id, else the file's name without extension.</summary>
    public required string VideoId { get; init; }

    /// <summary>Name of the source file, without its folder.</summary>
    public required string SourceName { get; init; }

    /// <summary>Size of the source in bytes.</summary>
    public required long SourceBytes { get; init; }

    /// <summary>Length in seconds: the picture's, or the sound's where it goes on for more than half a second or there is no picture (docs/media.md).</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>Features of the picture; null if no visual encoder was requested.</summary>
    public FeatureSequence? Visual { get; init; }

    /// <summary>Features of the sound; null if no audio encoder was requested.</summary>
    public FeatureSequence? Audio { get; init; }

    /// <summary>The requested sound track, counted from 1; null for the default track.</summary>
    public int? AudioTrack { get; init; }

    /// <summary>True if the file has no picture: <see cref="Visual"/> is then all zeros.</summary>
    public bool PictureMissing { get; init; }

    /// <summary>True if the file has no sound: <see cref="Audio"/> is then all zeros.</summary>
    public bool SoundMissing { get; init; }

    /// <summary>Warnings about this extraction; empty if there are none. The same video gives the same warnings.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>
    /// The decoder's own error messages; null if there were none. They differ from run to run, so feature files do not keep
    /// them.
    /// </summary>
    public string? DecoderSaid { get; init; }

    /// <summary><see cref="Warnings"/> and <see cref="DecoderSaid"/>: everything to show to the user.</summary>
    public IReadOnlyList<string> WarningsInFull => DecoderSaid is null ? Warnings : [.. Warnings, $"ffmpeg said: {DecoderSaid}"];
}
