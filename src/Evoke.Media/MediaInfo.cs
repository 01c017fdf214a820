using System.Collections.Immutable;
using Evoke.Curves.Export.Markers;

namespace Evoke.Media;

/// <summary>The content of a media file according to its container; nothing has been decoded yet.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
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

    /// <summary>
    /// Length in seconds according to the container, the longer of picture and sound; null if it does not say. Use it for progress and estimates only:
    /// it may be wrong, and the decoded frames decide (docs/media.md).
    /// </summary>
    public double? ToldSeconds => Video?.DurationSeconds is { } picture
        ? Math.Max(picture, Audio?.DurationSeconds ?? 0)
        : Audio?.DurationSeconds ?? DurationSeconds;

    /// <summary>Start time of the earliest stream, in seconds on the container's clock: 0 for most files, often seconds or hours for MPEG-TS.</summary>
    public double StartSeconds { get; init; }

    /// <summary>All picture streams except cover art and thumbnails, in file order.</summary>
    public required ImmutableArray<VideoStreamInfo> VideoStreams { get; init; }

    /// <summary>All sound streams, in file order.</summary>
    public required ImmutableArray<AudioStreamInfo> AudioStreams { get; init; }

    /// <summary>Notes for the user about streams that were ignored; empty for most files.</summary>
    public ImmutableArray<string> Notices { get; init; } = [];

    /// <summary>The picture that is decoded: the stream marked as default, else the first; null if the file has no picture.</summary>
    public VideoStreamInfo? Video => VideoStreams.FirstOrDefault(s => s.IsDefault) ?? VideoStreams.FirstOrDefault();

    /// <summary>Which sound track to decode, counted from 1 among <see cref="AudioStreams"/>; null to choose as <see cref="Audio"/> says.</summary>
    public int? AudioTrack { get; init; }

    /// <summary>The sound that is decoded: the requested track, else the one marked as default, else the first.</summary>
    /// <remarks>
    /// A track marked as commentary or as a description for the visually impaired is chosen only where there is no other. Null if the file has no sound
    /// or not the requested track.
    /// </remarks>
    public AudioStreamInfo? Audio => AudioTrack is { } track
        ? AudioStreams.ElementAtOrDefault(track - 1)
        : AudioStreams.OrderBy(s => s.IsCommentary).ThenByDescending(s => s.IsDefault).FirstOrDefault();

    /// <summary>The timecode of the first frame: "01:00:00:00", with ';' before the frames for drop-frame; null if the file does not say.</summary>
    public string? StartTimecode { get; init; }

    /// <summary>What files for other programs say about the file.</summary>
    /// <param name="location">See <see cref="FilmFile.Location"/>.</param>
    public FilmFile ToFilmFile(string? location) => new()
    {
        Location = location,
        FrameRate = Video?.FrameRate,
        StartTimecode = StartTimecode,
        Width = Video?.Width ?? 0,
        Height = Video?.Height ?? 0,
        PixelAspect = Video?.PixelAspect ?? 1,
        Channels = Audio?.Channels ?? 0,
        SampleRate = Audio?.SampleRate ?? 0,
    };

    /// <summary>Arguments that ffmpeg needs before this input to find what the probe found: streams that start late.</summary>
    internal ImmutableArray<string> InputArguments { get; init; } = [];

    /// <summary>All packets of <see cref="Video"/> in file order; null where the probe did not read them, or not all.</summary>
    internal IReadOnlyList<PacketTime>? PicturePackets { get; init; }
}

/// <summary>One picture stream of a file.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
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

    /// <summary>Degrees clockwise by which a player rotates the stored picture: 0, 90, 180 or 270.</summary>
    public int RotationDegrees { get; init; }

    /// <summary>True if a player mirrors the stored picture left to right, before rotating it.</summary>
    public bool IsMirrored { get; init; }

    /// <summary>True if the picture is interlaced: each frame holds two moments, on alternate lines.</summary>
    public bool IsInterlaced { get; init; }

    /// <summary>True if pixels can be transparent; decoded frames show them on black.</summary>
    public bool HasAlpha { get; init; }

    /// <summary>Average frames per second; null if unknown.</summary>
    public double? FrameRate { get; init; }

    /// <summary>When the first frame is shown, in seconds on the container's clock.</summary>
    public double StartSeconds { get; init; }

    /// <summary>Length of the stream in seconds, from its own start, as the container says; null if it does not say. It may be wrong.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>One tick of the stream's clock in seconds: times are whole multiples of it; 0 if unknown.</summary>
    public double TickSeconds { get; init; }

    /// <summary>Pixel format as ffmpeg names it, for example "yuv420p10le".</summary>
    public string? PixelFormat { get; init; }

    /// <summary>Colour matrix as ffmpeg names it, for example "bt709"; null if the file does not say.</summary>
    public string? ColorSpace { get; init; }

    /// <summary>Colour primaries as ffmpeg names them, for example "bt2020"; null if the file does not say.</summary>
    public string? ColorPrimaries { get; init; }

    /// <summary>Transfer characteristics as ffmpeg names them, for example "smpte2084"; null if the file does not say.</summary>
    public string? ColorTransfer { get; init; }

    /// <summary>True if the picture is HDR: PQ (SMPTE ST 2084) or HLG (ARIB STD-B67).</summary>
    public bool IsHdr => ColorTransfer is "smpte2084" or "arib-std-b67";

    /// <summary>True if the container marks the stream as the one to show.</summary>
    public bool IsDefault { get; init; }
}

/// <summary>One sound stream of a file.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
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

    /// <summary>Length of the stream in seconds, from its own start, as the container says; null if it does not say. It may be wrong.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>Language as the file states it, for example "deu"; null if it does not say.</summary>
    public string? Language { get; init; }

    /// <summary>Title of the track, for example "Director's commentary"; null if it has none.</summary>
    public string? Title { get; init; }

    /// <summary>True if the track is marked as commentary or as a description for the visually impaired.</summary>
    public bool IsCommentary { get; init; }

    /// <summary>True if the container marks the stream as the one to play.</summary>
    public bool IsDefault { get; init; }
}
