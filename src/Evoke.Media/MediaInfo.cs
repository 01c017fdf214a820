using System.Collections.Immutable;

namespace Evoke.Media;

/// <summary>What is in a media file, as its container says; nothing has been decoded yet.</summary>
public sealed record MediaInfo
{
    /// <summary>Full path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>Size in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>Container format as ffmpeg names it, for example "matroska,webm".</summary>
    public required string Format { get; init; }

    /// <summary>Duration of the whole file in seconds as its container says; null if it does not say.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>When the earliest stream begins, in seconds on the container's clock: 0 for most files, often seconds or hours for MPEG-TS.</summary>
    public double StartSeconds { get; init; }

    /// <summary>All picture streams but cover art and thumbnails, in file order.</summary>
    public required ImmutableArray<VideoStreamInfo> VideoStreams { get; init; }

    /// <summary>All sound streams, in file order.</summary>
    public required ImmutableArray<AudioStreamInfo> AudioStreams { get; init; }

    /// <summary>What a person should know about streams that were left out; empty for most files.</summary>
    public ImmutableArray<string> Notices { get; init; } = [];

    /// <summary>The picture that is decoded: the stream marked default, else the first; null if the file has no picture.</summary>
    public VideoStreamInfo? Video => VideoStreams.FirstOrDefault(s => s.IsDefault) ?? VideoStreams.FirstOrDefault();

    /// <summary>The sound that is decoded: the stream marked default, else the first; null if the file has no sound.</summary>
    public AudioStreamInfo? Audio => AudioStreams.FirstOrDefault(s => s.IsDefault) ?? AudioStreams.FirstOrDefault();
}

/// <summary>One picture stream of a file.</summary>
public sealed record VideoStreamInfo
{
    /// <summary>Index of the stream in its file.</summary>
    public required int Index { get; init; }

    /// <summary>Codec as ffmpeg names it, for example "h264".</summary>
    public required string Codec { get; init; }

    /// <summary>Width in pixels as shown: after rotation, before correction for non-square pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height in pixels as shown: after rotation.</summary>
    public required int Height { get; init; }

    /// <summary>Width of a pixel over its height, as shown; 1 for most films.</summary>
    public double PixelAspect { get; init; } = 1;

    /// <summary>Degrees clockwise by which a player turns the stored picture: 0, 90, 180 or 270.</summary>
    public int RotationDegrees { get; init; }

    /// <summary>True if a player mirrors the stored picture left to right, before it turns it.</summary>
    public bool IsMirrored { get; init; }

    /// <summary>True if each frame holds two moments, on alternate lines.</summary>
    public bool IsInterlaced { get; init; }

    /// <summary>True if pixels can be transparent; decoded frames show them on black.</summary>
    public bool HasAlpha { get; init; }

    /// <summary>Average frames per second; null if unknown.</summary>
    public double? FrameRate { get; init; }

    /// <summary>When the first frame is shown, in seconds on the container's clock.</summary>
    public double StartSeconds { get; init; }

    /// <summary>Duration of the stream in seconds; null if unknown.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>One tick of the stream's clock in seconds: times are whole multiples of it; 0 if unknown.</summary>
    public double TickSeconds { get; init; }

    /// <summary>Pixel format as ffmpeg names it, for example "yuv420p10le".</summary>
    public string? PixelFormat { get; init; }

    /// <summary>True if the container marks the stream as the one to show.</summary>
    public bool IsDefault { get; init; }
}

/// <summary>One sound stream of a file.</summary>
public sealed record AudioStreamInfo
{
    /// <summary>Index of the stream in its file.</summary>
    public required int Index { get; init; }

    /// <summary>Codec as ffmpeg names it, for example "aac".</summary>
    public required string Codec { get; init; }

    /// <summary>Samples per second of the stream.</summary>
    public required int SampleRate { get; init; }

    /// <summary>Number of channels.</summary>
    public required int Channels { get; init; }

    /// <summary>Channel layout as ffmpeg names it, for example "5.1"; null if unknown.</summary>
    public string? ChannelLayout { get; init; }

    /// <summary>When the first sample is heard, in seconds on the container's clock.</summary>
    public double StartSeconds { get; init; }

    /// <summary>Duration of the stream in seconds; null if unknown.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>True if the container marks the stream as the one to play.</summary>
    public bool IsDefault { get; init; }
}
