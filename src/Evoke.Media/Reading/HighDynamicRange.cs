namespace Evoke.Media.Reading;

/// <summary>ffmpeg's filters that convert an HDR picture (PQ, HLG) to SDR in BT.709.</summary>
/// <remarks>
/// Light is scaled so that HDR reference white, 203 cd/m² (ITU-R BT.2408, 3.1), is SDR white, and coded again; below white nothing is changed, so that an
/// SDR film that was placed in an HDR container comes back as it was. Highlights above white roll off into the last two per cent of light below it.
/// By zscale and tonemap, on the CPU.
/// </remarks>
internal static class HighDynamicRange
{
    private const double WhiteNits = 203;

    // The peak luminance of each: PQ 10,000 cd/m²; HLG 1,000 on its reference display (BT.2100).
    private const double PqPeakNits = 10_000;
    private const double HlgPeakNits = 1_000;
    private const double RollOffFrom = 0.98;

    /// <summary>The ffmpeg filters that are needed; some builds of ffmpeg lack them.</summary>
    public static IReadOnlyList<string> Filters { get; } = ["zscale", "tonemap"];

    /// <summary>The chain for a picture; its output is 8-bit RGB.</summary>
    public static string ToSdr(VideoStreamInfo picture)
    {
        double peak = (picture.ColorTransfer == "smpte2084" ? PqPeakNits : HlgPeakNits) / WhiteNits;
        string primaries = picture.ColorPrimaries ?? "bt2020";
        string matrix = picture.ColorSpace ?? "bt2020nc";
        return FormattableString.Invariant($"setparams=color_primaries={primaries}:color_trc={picture.ColorTransfer}:colorspace={matrix},")
            + FormattableString.Invariant($"zscale=t=linear:npl={WhiteNits},format=gbrpf32le,zscale=p=bt709,")
            + FormattableString.Invariant($"tonemap=tonemap=mobius:param={RollOffFrom}:peak={peak:0.####}:desat=0,zscale=t=bt709:m=gbr:r=pc,format=gbrp");
    }
}
