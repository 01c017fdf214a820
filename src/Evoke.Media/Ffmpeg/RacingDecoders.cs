using System.Globalization;

namespace Evoke.Media.Ffmpeg;

/// <summary>ffmpeg's decoders whose output depends on thread timing.</summary>
internal static class RacingDecoders
{
    // One decoder of ffmpeg for three codecs. With several threads a frame now and then shows blocks of another (ffmpeg 5.1, a third of all runs on a
    // busy machine); the other common codecs gave the same bytes in 40 runs of 40.
    private static readonly string[] s_codecs = ["theora", "vp3", "vp4"];

    /// <summary>The arguments, before the input, that let such a picture be decoded by one thread; none for other pictures.</summary>
    public static IEnumerable<string> OneThread(VideoStreamInfo picture) =>
        s_codecs.Contains(picture.Codec) ? [string.Create(CultureInfo.InvariantCulture, $"-threads:{picture.Index}"), "1"] : [];
}
