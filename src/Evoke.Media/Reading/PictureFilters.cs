using Evoke.Media.Ffmpeg;

namespace Evoke.Media.Reading;

/// <summary>The chain of ffmpeg filters that turns the stored picture into what a player shows.</summary>
internal static class PictureFilters
{
    /// <summary>Counts a picture's times in microseconds.</summary>
    public const string Microseconds = "settb=expr=1/1000000";

    // Standard definition is coded by BT.601, high definition by BT.709, where a file does not say.
    private const int LargestStandardWidth = 1024;
    private const int LargestStandardHeight = 576;
    private const int LongestProportion = 16;

    /// <summary>The chain for frames of a size: RGB, of the whole picture or cut from its middle.</summary>
    /// <param name="picture">The stream.</param>
    /// <param name="pick">The filters that choose frames.</param>
    /// <param name="spec">Size, and how the picture is brought to it.</param>
    /// <param name="toneMap">True to convert HDR to SDR; false where this ffmpeg cannot.</param>
    public static string Frame(VideoStreamInfo picture, string pick, FrameSpec spec, bool toneMap)
    {
        const string rgb = ",format=rgb24";
        if (spec.ShortSide is not { } shortSide)
        {
            return Shown(picture, pick, spec.Width, spec.Height, toneMap) + rgb;
        }

        (int width, int height) = Resized(picture, shortSide);
        string cut = FormattableString.Invariant($",crop={spec.Width}:{spec.Height}:{(width - spec.Width) / 2}:{(height - spec.Height) / 2}");
        return Shown(picture, pick, width, height, toneMap) + rgb + cut;
    }

    /// <summary>
    /// The chain: deinterlaced where needed, <paramref name="pick"/>ed, HDR converted to SDR, on black where transparent, resized to exactly the
    /// requested size, and rotated.
    /// </summary>
    /// <param name="picture">The stream.</param>
    /// <param name="pick">The filters that choose frames; later filters work on those only.</param>
    /// <param name="width">Width as shown.</param>
    /// <param name="height">Height as shown.</param>
    /// <param name="toneMap">True to convert HDR to SDR; false where this ffmpeg cannot.</param>
    public static string Shown(VideoStreamInfo picture, string pick, int width, int height, bool toneMap)
    {
        bool turned = picture.RotationDegrees is 90 or 270;
        (int storedWidth, int storedHeight) = turned ? (height, width) : (width, height);
        List<string> filters = [];
        if (picture.IsInterlaced)
        {
            // yadif accepts one size only: where a film changes its size midway, later frames are scaled to the first size. Others pass unchanged.
            (int codedWidth, int codedHeight) = turned ? (picture.Height, picture.Width) : (picture.Width, picture.Height);
            filters.Add(FormattableString.Invariant($"scale={codedWidth}:{codedHeight}:interl=-1"));
            filters.Add("yadif=mode=send_frame:deint=interlaced");
        }

        filters.Add(pick);
        if (picture.ColorSpace is null && (picture.Width > LargestStandardWidth || picture.Height > LargestStandardHeight) && !picture.IsHdr)
        {
            filters.Add("setparams=colorspace=bt709");
        }

        if (picture.IsHdr && toneMap)
        {
            filters.Add(HighDynamicRange.ToSdr(picture));
        }

        if (picture.HasAlpha)
        {
            filters.Add("format=gbrap,premultiply=inplace=1,format=gbrp");
        }

        filters.Add(FormattableString.Invariant($"scale={storedWidth}:{storedHeight}:flags=bicubic+accurate_rnd+full_chroma_int"));
        filters.AddRange(Turn(picture)); // After scaling: turning a small picture is nearly free.
        return string.Join(',', filters);
    }

    /// <summary>The filters of <see cref="HighDynamicRange.Filters"/> that an ffmpeg lacks for a picture; none for SDR.</summary>
    public static async Task<IReadOnlyList<string>> MissingAsync(VideoStreamInfo? picture, string ffmpeg, string file, CancellationToken cancellationToken) =>
        picture is { IsHdr: true } ? await FfmpegFilters.MissingAsync(ffmpeg, HighDynamicRange.Filters, file, cancellationToken).ConfigureAwait(false) : [];

    // The longer side is rounded down, as torchvision's Resize does. A film of extreme proportions is squeezed rather than decoded in a gigantic size.
    private static (int Width, int Height) Resized(VideoStreamInfo picture, int shortSide)
    {
        double width = picture.Width * picture.PixelAspect, height = picture.Height;
        int longSide = (int)Math.Clamp(Math.Floor(shortSide * Math.Max(width / height, height / width)), shortSide, LongestProportion * shortSide);
        return width >= height ? (longSide, shortSide) : (shortSide, longSide);
    }

    private static IEnumerable<string> Turn(VideoStreamInfo picture)
    {
        if (picture.IsMirrored)
        {
            yield return "hflip";
        }

        switch (picture.RotationDegrees)
        {
            case 90:
                yield return "transpose=clock";
                break;
            case 180:
                yield return "hflip,vflip";
                break;
            case 270:
                yield return "transpose=cclock";
                break;
            default:
                break;
        }
    }
}
