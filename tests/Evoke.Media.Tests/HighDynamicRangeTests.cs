using Evoke.Media.Ffmpeg;
using Evoke.Media.Previews;
using Evoke.Media.Reading;
using Evoke.Testing;

namespace Evoke.Media.Tests;

/// <summary>HDR is brought to SDR: an SDR film that was placed in PQ or HLG with its white at 203 cd/m² (ITU-R BT.2408) comes back as it was.</summary>
public sealed class HighDynamicRangeTests
{
    private const int Width = 96, Height = 54;

    private static readonly string[] s_sdrTags = ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"];

    [Theory]
    [InlineData("smpte2084")]
    [InlineData("arib-std-b67")]
    public async Task AnSdrFilmInHdrComesBackInEveryDescriptor(string transfer)
    {
        string sdr = await SdrAsync();
        ReadFilm before = await ReadAsync(sdr);
        ReadFilm after = await ReadAsync(await InHdrAsync(sdr, transfer));
        after.Info.Video!.IsHdr.ShouldBeTrue();
        after.Summary.Warnings.ShouldBeEmpty();
        double[] expected = Descriptors(before), found = Descriptors(after);
        for (int i = 0; i < expected.Length; i++)
        {
            found[i].ShouldBe(expected[i], 0.02 * expected[i], $"descriptor {i}");
        }
    }

    [Theory]
    [InlineData("smpte2084")]
    [InlineData("arib-std-b67")]
    public async Task WhiteStaysWhiteGreyStaysGreyAndHighlightsRollOff(string transfer)
    {
        // Left to right: half grey, white, and light of twice and of four times white.
        string light = "if(lt(X,W/4),0.5,if(lt(X,W/2),1,if(lt(X,W*3/4),1.32,1.7)))"; // 1.32 and 1.7 to the power of 2.4 are 2 and 3.6.
        string path = await TestFilms.MakeAsync(
            $"highlights-{transfer}.mp4",
            [
                "-f", "lavfi", "-i", "color=black:size=64x64:rate=2:duration=1", "-vf",
                $"format=gbrpf32le,geq=r='{light}':g='{light}':b='{light}',setparams=color_primaries=bt709:color_trc=bt709:range=pc,zscale=t=linear:npl=203," + ToHdr(transfer),
                .. HdrCodec(transfer),
            ]);
        byte[] frame = (await ReadAsync(path)).Frames[0];
        Level(frame, 0.125).ShouldBeInRange(124, 131);
        Level(frame, 0.375).ShouldBeInRange(251, 255);
        Level(frame, 0.625).ShouldBeInRange(Level(frame, 0.375), 255);
        Level(frame, 0.875).ShouldBeInRange(Level(frame, 0.625), 255);
    }

    [Fact]
    public async Task ThumbnailsAndPreviewsAreBroughtToSdrToo()
    {
        string sdr = await SdrAsync();
        ReadFilm before = await ReadAsync(sdr);
        string hdr = await InHdrAsync(sdr, "smpte2084");
        MediaInfo info = (await ReadAsync(hdr)).Info;
        using TemporaryFolder folder = new();
        byte[] png = (await Thumbnails.TakeAsync(info, [0], Width, ThumbnailFormat.Png, cancellationToken: TestContext.Current.CancellationToken))[0];
        string thumbnail = folder.File("thumbnail.png");
        await File.WriteAllBytesAsync(thumbnail, png, TestContext.Current.CancellationToken);
        string preview = folder.File("preview.mp4");
        await PreviewFilm.WriteAsync(info, preview, cancellationToken: TestContext.Current.CancellationToken);
        ReadFilm small = await ReadAsync(await TestFilms.MakeAsync("thumbnail.mkv", "-i", thumbnail, "-c:v", "ffv1", "-pix_fmt", "bgr0"));
        small.Brightness(0).ShouldBe(before.Brightness(0), 0.02 * before.Brightness(0));
        ReadFilm played = await ReadAsync(preview);
        played.Info.Video!.IsHdr.ShouldBeFalse();
        played.Brightness(0).ShouldBe(before.Brightness(0), 0.02 * before.Brightness(0));
    }

    [Fact]
    public async Task AnFfmpegWithoutTheFiltersIsSaid()
    {
        string hdr = await InHdrAsync(await SdrAsync(), "smpte2084");
        string body = "for a in \"$@\"; do [ \"$a\" = -filters ] && exec sh -c 'ffmpeg -hide_banner -filters | grep -v zscale'; done; exec ffmpeg \"$@\"";
        FfmpegPrograms programs = new() { Ffmpeg = TroubleTests.Script("nozscale", body) };
        ReadFilm film = await ReadFilm.ReadAsync(hdr, new MediaReadOptions { Frames = new FrameSpec { Width = Width, Height = Height, Rate = 2 }, Programs = programs });
        film.Frames.Count.ShouldBe(4);
        film.Summary.Warnings.ShouldContain(w => w.Contains("HDR (smpte2084)") && w.Contains("lacks zscale"));
    }

    /// <summary>Where a file does not say, high definition is coded by BT.709 and standard definition by BT.601.</summary>
    [Theory]
    [InlineData("1280x720", "bt709")]
    [InlineData("720x576", "bt601")]
    public async Task UntaggedColoursFollowTheSize(string size, string matrix)
    {
        string path = await TestFilms.MakeAsync(
            "untagged.mp4", "-f", "lavfi", "-i", $"color=0x20c040:size={size}:rate=2:duration=1,format=gbrp,scale=out_color_matrix={matrix}:out_range=tv,format=yuv444p",
            "-c:v", "libx264", "-qp", "0", "-bsf:v", "h264_metadata=matrix_coefficients=2");
        ReadFilm film = await ReadAsync(path);
        film.Info.Video!.ColorSpace.ShouldBeNull();
        (byte r, byte g, byte b) = ReadFilm.Pixel(film.Frames[0], Width, Height, 0.5, 0.5);
        ((double)r).ShouldBe(0x20, 3);
        ((double)g).ShouldBe(0xc0, 3);
        ((double)b).ShouldBe(0x40, 3);
    }

    private static Task<ReadFilm> ReadAsync(string path) =>
        ReadFilm.ReadAsync(path, new MediaReadOptions { Frames = new FrameSpec { Width = Width, Height = Height, Rate = 2 } });

    // Soft colours that move, with black and white in them.
    private static Task<string> SdrAsync() => TestFilms.MakeAsync(
        "sdr.mp4",
        [
            "-f", "lavfi", "-i", "gradients=size=384x216:rate=2:duration=2:x0=0:y0=0:x1=384:y1=216:nb_colors=5:c0=black:c1=0xc04020:c2=white:c3=0x2060b0:c4=0x30a050",
            "-vf", "scale=out_color_matrix=bt709:out_range=tv,format=yuv444p,setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv",
            "-c:v", "libx264", "-qp", "0", .. s_sdrTags,
        ]);

    private static Task<string> InHdrAsync(string sdr, string transfer) => TestFilms.MakeAsync(
        $"hdr-{transfer}.mp4", ["-i", sdr, "-vf", "zscale=t=linear:npl=203,format=gbrpf32le," + ToHdr(transfer), .. HdrCodec(transfer)]);

    private static string ToHdr(string transfer) => $"zscale=p=bt2020:t={transfer}:m=bt2020nc:r=tv:npl=203,format=yuv420p10le";

    private static string[] HdrCodec(string transfer) =>
        ["-c:v", "libx264", "-qp", "0", "-colorspace", "bt2020nc", "-color_primaries", "bt2020", "-color_trc", transfer, "-color_range", "tv"];

    private static int Level(byte[] frame, double x) => ReadFilm.Pixel(frame, Width, Height, x, 0.5).G;

    // Over the whole film: means and deviations of the three colours, mean and deviation of luma, colourfulness, contrast along rows, share of dark and of bright.
    private static double[] Descriptors(ReadFilm film)
    {
        byte[] all = [.. film.Frames.SelectMany(frame => frame)];
        double[][] colours = [.. Enumerable.Range(0, 3).Select(c => all.Where((_, i) => i % 3 == c).Select(b => (double)b).ToArray())];
        double[] luma = [.. colours[0].Zip(colours[1], colours[2]).Select(p => (0.2126 * p.First) + (0.7152 * p.Second) + (0.0722 * p.Third))];
        double colourfulness = colours[0].Zip(colours[1], colours[2]).Average(p => Math.Max(p.First, Math.Max(p.Second, p.Third)) - Math.Min(p.First, Math.Min(p.Second, p.Third)));
        double edges = Enumerable.Range(1, luma.Length - 1).Where(i => i % Width != 0).Average(i => Math.Abs(luma[i] - luma[i - 1]));
        return [.. colours.Select(c => c.Average()), .. colours.Select(Deviation), luma.Average(), Deviation(luma), colourfulness, edges];
    }

    private static double Deviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
    }
}
