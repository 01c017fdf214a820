namespace Evoke.Media.Reading;

/// <summary>What one ffmpeg process decodes, and which output stream is which.</summary>
/// <param name="Info">The file.</param>
/// <param name="Options">The requested options.</param>
/// <param name="Picture">The picture whose times are decoded; null for none.</param>
/// <param name="Frames">True to decode frames too, not only the picture's times.</param>
/// <param name="Sound">The sound to decode; null for none.</param>
/// <param name="ToneMap">True to convert HDR to SDR; false where this ffmpeg cannot.</param>
/// <param name="Alone">True if another process decodes the rest: times are then the container's own, so that both agree.</param>
internal sealed record DecodingPlan(
    MediaInfo Info, MediaReadOptions Options, VideoStreamInfo? Picture, bool Frames, AudioStreamInfo? Sound, bool ToneMap, bool Alone = false)
{
    /// <summary>Times of every source frame; always first, so that the clock is known before anything else comes.</summary>
    public int TimesIndex => Picture is null ? -1 : 0;

    /// <summary>The frames at the requested rate.</summary>
    public int FramesIndex => Frames ? 1 : -1;

    /// <summary>The waveform.</summary>
    public int SoundIndex => Sound is null ? -1 : (Picture is null ? 0 : 1) + (Frames ? 1 : 0);

    /// <summary>True if the sound comes as two channels, which are mixed here: ffmpeg's own mix cannot tell when they cancel each other.</summary>
    public bool IsStereo => Sound is { Channels: 2, ChannelLayout: null or "stereo" or "downmix" };

    /// <summary>What to decode of a file in one process; null if it holds nothing that was requested.</summary>
    public static DecodingPlan? Together(MediaInfo info, MediaReadOptions options, bool toneMap)
    {
        AudioStreamInfo? sound = options.Waveform ? info.Audio : null;
        bool frames = options.Frames is not null && info.Video is not null;

        // The waveform alone still needs the moment at which the picture begins.
        VideoStreamInfo? picture = frames || sound is not null ? info.Video : null;
        return frames || sound is not null ? new DecodingPlan(info, options, picture, frames, sound, toneMap) : null;
    }

    /// <summary>The same work with one process for each modality.</summary>
    public (DecodingPlan? Picture, DecodingPlan? Sound) Apart() => (
        Frames ? this with { Sound = null, Alone = true } : null,
        Sound is null ? null : this with { Picture = null, Frames = false, Alone = true });
}
