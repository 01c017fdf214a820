namespace Evoke.Media.Reading;

/// <summary>When a picture ends: its last frame's moment plus the time for which that frame is shown.</summary>
internal static class PictureEnd
{
    private const double DefaultFrameSeconds = 0.04;
    private const double ShortestFrameSeconds = 0.002;

    // Rates above this are clocks of containers (1000, 90000), not of cameras.
    private const double LargestFrameRate = 480;

    /// <summary>The end in seconds on the picture's own clock.</summary>
    /// <param name="info">The file.</param>
    /// <param name="picture">Its picture.</param>
    /// <param name="lastFrame">When the last decoded frame is shown, in seconds after the first.</param>
    /// <param name="lastInterval">Seconds between the last two frames; null if there is only one.</param>
    public static double Of(MediaInfo info, VideoStreamInfo picture, double lastFrame, double? lastInterval) =>
        Unrounded(picture, AsTold(info, picture, lastFrame, lastInterval));

    private static double AsTold(MediaInfo info, VideoStreamInfo picture, double lastFrame, double? lastInterval)
    {
        double usual = Usual(picture, lastInterval);
        if (picture.DurationSeconds is { } duration)
        {
            double shown = duration - lastFrame;

            // The container knows how long the last frame is shown; unless it only says how long the film once was.
            if (shown >= ShortestFrameSeconds && (shown <= 1.5 * usual || IsMeasured(info.Format) || IsoFile.IsWhole(info)))
            {
                return lastFrame + shown;
            }
        }

        return lastFrame + usual;
    }

    // Where the container rounds times to milliseconds, 360 frames at 30 Hz end at 12.0003 s and would cover 13 seconds: the whole number of frames is the truth.
    private static double Unrounded(VideoStreamInfo picture, double end)
    {
        if (picture.FrameRate is not { } rate || rate > LargestFrameRate)
        {
            return end;
        }

        double whole = Math.Round(end * rate) / rate;
        return Math.Abs(whole - end) * 1e6 <= ClockTolerance.Microseconds(picture) ? whole : end;
    }

    // These have no header that promises a duration: ffprobe takes it from the last page or packet that is there.
    private static bool IsMeasured(string format) => format is "ogg" or "mpegts" or "mpeg";

    private static double Usual(VideoStreamInfo picture, double? lastInterval) =>
        picture.FrameRate is { } rate && rate <= LargestFrameRate ? 1 / rate
        : lastInterval is { } interval && interval >= ShortestFrameSeconds ? interval
        : DefaultFrameSeconds;
}
