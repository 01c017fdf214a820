using System.Collections.Frozen;

namespace Evoke.Media.Previews;

/// <summary>Decides from the container's metadata whether common browsers can play a file.</summary>
/// <remarks>
/// A no is certain. After a yes, some browsers may still fail to play the file (HEVC, H.264 in Matroska) and report it themselves.
/// https://developer.mozilla.org/docs/Web/Media/Guides/Formats. Thread-safe: without state.
/// </remarks>
public static class BrowserPlayback
{
    // As ffprobe names them: each entry is a group of endings that one demuxer reads.
    private static readonly string[] Containers = ["mov,mp4", "matroska,webm", "ogg", "mp3", "wav", "flac", "aac"];
    private static readonly FrozenSet<string> Pictures = FrozenSet.Create("h264", "hevc", "vp8", "vp9", "av1");
    private static readonly FrozenSet<string> Sounds = FrozenSet.Create("aac", "mp3", "opus", "vorbis", "flac", "pcm_s16le", "pcm_u8", "pcm_f32le");

    /// <summary>False if no browser in common use plays the picture and the sound of this file.</summary>
    public static bool IsPlausible(MediaInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        return Containers.Any(container => info.Format.StartsWith(container, StringComparison.Ordinal))
            && (info.Video is null || IsPlausible(info.Video))
            && (info.Audio is null || Sounds.Contains(info.Audio.Codec));
    }

    // No browser decodes the H.264 of video editing (4:2:2, 4:4:4).
    private static bool IsPlausible(VideoStreamInfo picture) =>
        Pictures.Contains(picture.Codec)
        && (picture.Codec != "h264" || picture.PixelFormat is null || picture.PixelFormat.Contains("420", StringComparison.Ordinal));
}
