namespace Evoke.Media.Reading;

/// <summary>The chain of ffmpeg filters that makes of a stored picture what a player shows.</summary>
internal static class PictureFilters
{
    /// <summary>Counts a picture's times in microseconds.</summary>
    public const string Microseconds = "settb=expr=1/1000000";

    /// <summary>The chain: deinterlaced where needed, <paramref name="pick"/>ed, on black where transparent, resized to exactly the size asked for, and turned.</summary>
    /// <param name="picture">The stream.</param>
    /// <param name="pick">The filters that choose frames; what comes after them works on those only.</param>
    /// <param name="width">Width as shown.</param>
    /// <param name="height">Height as shown.</param>
    public static string Shown(VideoStreamInfo picture, string pick, int width, int height)
    {
        bool turned = picture.RotationDegrees is 90 or 270;
        (int storedWidth, int storedHeight) = turned ? (height, width) : (width, height);
        List<string> filters = [];
        if (picture.IsInterlaced)
        {
            filters.Add("yadif=mode=send_frame:deint=interlaced");
        }

        filters.Add(pick);
        if (picture.HasAlpha)
        {
            filters.Add("format=gbrap,premultiply=inplace=1,format=gbrp");
        }

        filters.Add(FormattableString.Invariant($"scale={storedWidth}:{storedHeight}:flags=bicubic+accurate_rnd+full_chroma_int"));
        filters.AddRange(Turn(picture)); // After scaling: turning a small picture is nearly free.
        return string.Join(',', filters);
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
