using Evoke.Encoders.Extraction;
using Evoke.Encoders.LowLevel;
using Evoke.Encoders.LowLevel.Visual;
using Evoke.Testing;

namespace Evoke.Encoders.Tests.LowLevel.Visual;

/// <summary>An SDR film that was placed in PQ or HLG with its white at 203 cd/m² (ITU-R BT.2408) looks to the encoder as it did.</summary>
public sealed class HighDynamicRangeFilmTests
{
    // Structure at all scales: moving, and nearly still. (A film of nothing but noise is left out: the motion that block matching sees in it is noise too.)
    private const string Zoom = "mandelbrot=size=448x256:rate=12:maxiter=300:start_scale=1.5:end_scale=0.3:end_pts=48";
    private const string NearlyStill = "mandelbrot=size=448x256:rate=12:maxiter=300:start_scale=1.5:end_scale=1.47:end_pts=48";

    [Theory]
    [InlineData("zoom", Zoom, "smpte2084")]
    [InlineData("zoom", Zoom, "arib-std-b67")]
    [InlineData("nearly-still", NearlyStill, "smpte2084")]
    [InlineData("nearly-still", NearlyStill, "arib-std-b67")]
    public async Task EveryDescriptorIsWithinTwoPerCent(string name, string film, string transfer)
    {
        string sdr = await TestFilms.MakeAsync(
            $"sdrfilm-{name}.mp4", "-f", "lavfi", "-i", film, "-t", "4",
            "-vf",
            "gblur=sigma=2,hue=s=0.5,eq=brightness=0.15,scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,"
            + "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv",
            "-c:v", "libx264", "-qp", "0", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv");
        string hdr = await TestFilms.MakeAsync(
            $"hdrfilm-{name}-{transfer}.mp4", "-i", sdr, "-vf",
            $"zscale=t=linear:npl=203,format=gbrpf32le,zscale=p=bt2020:t={transfer}:m=bt2020nc:r=tv:npl=203,format=yuv420p10le",
            "-c:v", "libx264", "-qp", "0", "-colorspace", "bt2020nc", "-color_primaries", "bt2020", "-color_trc", transfer, "-color_range", "tv");
        float[] before = await EncodeAsync(sdr), after = await EncodeAsync(hdr);
        after.Length.ShouldBe(before.Length);
        DescriptorTable descriptors = VisualLowLevelEncoder.Descriptors;
        for (int i = 0; i < before.Length; i++)
        {
            // All are of the order of 1 (docs/descriptors.md).
            string which = $"{descriptors[i % descriptors.Count].Name} of second {i / descriptors.Count}";
            after[i].ShouldBe(before[i], 0.02f * Math.Max(1, Math.Abs(before[i])), which);
        }
    }

    private static async Task<float[]> EncodeAsync(string film)
    {
        using VisualLowLevelEncoder encoder = new();
        return (await new FeatureExtractor(encoder, null).ExtractAsync(film, cancellationToken: TestContext.Current.CancellationToken)).Visual!.Values;
    }
}
