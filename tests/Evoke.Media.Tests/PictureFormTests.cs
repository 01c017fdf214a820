using Evoke.Media.Probing;
using Evoke.Media.Reading;
using Evoke.Testing;

namespace Evoke.Media.Tests;

/// <summary>Films whose pixels are stored in unusual ways look as a player shows them.</summary>
public sealed class PictureFormTests
{
    [Theory]
    [InlineData(90, false, "BRWG")]
    [InlineData(180, false, "WBGR")]
    [InlineData(270, false, "GWRB")]
    [InlineData(0, true, "GRWB")]
    [InlineData(90, true, "WGBR")]
    public async Task RotatedAndMirroredFilmsAreShownSo(int clockwise, bool mirrored, string quarters)
    {
        string path = await TestFilms.RotatedAsync(clockwise, mirrored);
        ReadFilm film = await ReadFilm.ReadAsync(path, rate: 10, width: 32, height: 40);
        film.Info.Video!.RotationDegrees.ShouldBe(clockwise);
        film.Info.Video.IsMirrored.ShouldBe(mirrored);
        (film.Info.Video.Width, film.Info.Video.Height).ShouldBe(clockwise is 0 or 180 ? (160, 120) : (120, 160));
        Quarters(film.Frames[0], 32, 40).ShouldBe(quarters);
        film.Frames.Count.ShouldBe(10);
    }

    [Theory]
    [InlineData(
        "00000000:        65536           0           0\n"
        + "00000001:            0       65536           0\n"
        + "00000002:            0           0  1073741824\n",
        0,
        false)]
    [InlineData(
        "00000000:            0       65536           0\n"
        + "00000001:       -65536           0           0\n"
        + "00000002:     31457280           0  1073741824\n",
        90,
        false)]
    [InlineData(
        "00000000:       -65536           0           0\n"
        + "00000001:            0      -65536           0\n"
        + "00000002:            0           0  1073741824\n",
        180,
        false)]
    [InlineData(
        "00000000:            0      -65536           0\n"
        + "00000001:        65536           0           0\n"
        + "00000002:            0           0  1073741824\n",
        270,
        false)]
    [InlineData(
        "00000000:       -65536           0           0\n"
        + "00000001:            0       65536           0\n"
        + "00000002:            0           0  1073741824\n",
        0,
        true)]
    [InlineData(
        "00000000:        65536           0           0\n"
        + "00000001:            0      -65536           0\n"
        + "00000002:            0           0  1073741824\n",
        180,
        true)]
    [InlineData(
        "00000000:            0           0           0\n"
        + "00000001:            0           0           0\n"
        + "00000002:            0           0  1073741824\n",
        0,
        false)]
    public void DisplayMatricesAreRead(string matrix, int clockwise, bool mirrored) =>
        PictureOrientation.FromDisplayMatrix(matrix).ShouldBe(new PictureOrientation(clockwise, mirrored));

    [Theory]
    [InlineData("ten.mkv", 160, 120, "-c:v", "ffv1", "-pix_fmt", "yuv420p10le")]
    [InlineData("twelve.mkv", 160, 120, "-c:v", "ffv1", "-pix_fmt", "yuv444p12le")]
    [InlineData("planes.mkv", 160, 120, "-c:v", "ffv1", "-pix_fmt", "gbrp")]
    [InlineData("odd.mkv", 161, 121, "-c:v", "ffv1", "-pix_fmt", "yuv420p")]
    [InlineData("tiny.mkv", 2, 2, "-c:v", "ffv1", "-pix_fmt", "yuv444p")]
    [InlineData("vp9.webm", 160, 120, "-c:v", "libvpx-vp9", "-lossless", "1")]
    [InlineData("mpeg2.mpg", 160, 120, "-c:v", "mpeg2video", "-r", "25", "-q:v", "2")]
    [InlineData("picture.gif", 160, 120)]
    [InlineData("flash.flv", 160, 120, "-c:v", "flv1", "-q:v", "2")]
    [InlineData("windows.wmv", 160, 120, "-c:v", "wmv2", "-q:v", "2")]
    public async Task PixelFormatsSizesAndCodecsLookAlike(string name, int width, int height, params string[] codec)
    {
        string path = await TestFilms.QuartersAsync(name, width, height, codec.Length == 0 ? ["-loop", "-1"] : codec);
        ReadFilm film = await ReadFilm.ReadAsync(path, rate: 10, width: 40, height: 40);
        Quarters(film.Frames[^1], 40, 40).ShouldBe("RGBW");
        film.Frames.Count.ShouldBeInRange(10, 11);
        film.Summary.Warnings.ShouldBe(["the file has no sound"]);
    }

    [Fact]
    public async Task TransparentPixelsAreShownOnBlack()
    {
        string path = await TestFilms.MakeAsync(
            "alpha.mov", "-f", "lavfi", "-i", "color=white@0.5:size=64x64:rate=5:duration=1,format=argb", "-c:v", "qtrle", "-pix_fmt", "argb");
        ReadFilm film = await ReadFilm.ReadAsync(path, rate: 5, width: 16, height: 16);
        film.Info.Video!.HasAlpha.ShouldBeTrue();
        film.Frames.Count.ShouldBe(5);
        film.Brightness(2).ShouldBe(128, 2.0);
    }

    [Theory]
    [InlineData("mpeg2video", "interlaced.ts")]
    [InlineData("libx264", "interlaced.mp4")]
    public async Task InterlacedFilmsAreDeinterlaced(string codec, string name)
    {
        string[] source =
        [
            "-f", "lavfi", "-i",
            "color=black:size=256x128:rate=50:duration=2,geq=lum='255*between(mod(X-N*8,128),0,40)':cb=128:cr=128,"
                + "format=yuv420p,interlace=scan=tff:lowpass=off",
        ];
        string path = await TestFilms.MakeAsync(
            name,
            [
                .. source, "-c:v", codec, "-flags", "+ilme+ildct", "-top", "1",
                .. codec == "libx264" ? new[] { "-x264-params", "tff=1", "-preset", "veryfast" } : [], "-b:v", "4M",
            ]);
        ReadFilm film = await ReadFilm.ReadAsync(path, rate: 5, width: 256, height: 128);
        film.Info.Video!.IsInterlaced.ShouldBeTrue();
        film.Frames.Count.ShouldBe(10);
        Combing(film.Frames[4], 256, 128).ShouldBeLessThan(6);
    }

    [Fact]
    public async Task CoverArtIsNotAVideo()
    {
        string cover = await TestFilms.MakeAsync("cover.png", "-f", "lavfi", "-i", "color=red:size=64x64", "-frames:v", "1");
        string path = await TestFilms.MakeAsync(
            "song.mp3", "-f", "lavfi", "-i", "sine=duration=2", "-i", cover, "-map", "0:a", "-map", "1:v", "-c:a", "libmp3lame", "-c:v", "copy",
            "-disposition:v", "attached_pic");
        ReadFilm film = await ReadFilm.ReadAsync(path, rate: 1);
        film.Info.Video.ShouldBeNull();
        film.Info.Audio.ShouldNotBeNull();
        film.Frames.ShouldBeEmpty();
        film.Summary.Warnings.ShouldBe(["the file has no picture"]);
        ((double)film.Sound.Length).ShouldBe(32000, 1200);
    }

    [Fact]
    public async Task OfSeveralStreamsTheDefaultOnesAreDecoded()
    {
        string path = await TestFilms.MakeAsync(
            "several.mkv",
            "-f", "lavfi", "-i", "color=black:size=64x64:rate=5:duration=1", "-f", "lavfi", "-i", "color=white:size=64x64:rate=5:duration=1",
            "-f", "lavfi", "-i", "aevalsrc=0:duration=1", "-f", "lavfi", "-i", "sine=duration=1",
            "-map", "0:v", "-map", "1:v", "-map", "2:a", "-map", "3:a", "-c:v", "ffv1", "-c:a", "pcm_s16le",
            "-disposition:v:0", "0", "-disposition:v:1", "default", "-disposition:a:0", "0", "-disposition:a:1", "default");
        ReadFilm film = await ReadFilm.ReadAsync(path, rate: 1);
        film.Info.VideoStreams.Length.ShouldBe(2);
        film.Info.Video!.Index.ShouldBe(1);
        film.Info.Audio!.Index.ShouldBe(3);
        film.Brightness(0).ShouldBeGreaterThan(250);
        film.Sound.Max(Math.Abs).ShouldBeGreaterThan(0.1f);
    }

    private static string Quarters(byte[] rgb, int width, int height) =>
        string.Concat(new[] { (0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75) }.Select(at =>
            Name(ReadFilm.Pixel(rgb, width, height, at.Item1, at.Item2))));

    private static char Name((byte R, byte G, byte B) colour) => (colour.R > 127, colour.G > 127, colour.B > 127) switch
    {
        (true, false, false) => 'R',
        (false, true, false) => 'G',
        (false, false, true) => 'B',
        (true, true, true) => 'W',
        _ => '?',
    };

    // How much each line differs from the mean of its neighbours: large where two moments are woven together.
    private static double Combing(byte[] rgb, int width, int height)
    {
        double sum = 0;
        for (int y = 1; y < height - 1; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int at = ((y * width) + x) * 3;
                sum += Math.Abs(rgb[at] - ((rgb[at - (width * 3)] + rgb[at + (width * 3)]) / 2.0));
            }
        }

        return sum / (width * (height - 2));
    }

    // A numbered film is 128 x 16 pixels; every eight columns show a bit. Its middle, 16 pixels wide as a player shows it, has bits 7 and 8, or with narrow
    // pixels 6 to 9.
    [Theory]
    [InlineData("1", 7, 8)]
    [InlineData("1/2", 6, 7, 8, 9)]
    public async Task AShortSideKeepsProportionsAndCutsTheMiddle(string pixelAspect, params int[] bits)
    {
        const int side = 32, filmRate = 128, each = 64;
        string film = await TestFilms.NumberedAsync("middle.mp4", $"{filmRate}", 9 * each, $"setsar={pixelAspect}");
        ReadFilm read = await ReadFilm.ReadAsync(
            film, new MediaReadOptions { Frames = new FrameSpec { Width = side, Height = side, Rate = (double)filmRate / each, ShortSide = side } });
        foreach ((int k, byte[] frame) in read.Frames.Index())
        {
            int[] shown = [.. bits.Select((_, i) => ReadFilm.Pixel(frame, side, side, (i + 0.5) / bits.Length, 0.5).R > 127 ? 1 : 0)];
            shown.ShouldBe(bits.Select(bit => (k * each >> bit) & 1));
        }

        read.Frames.Count.ShouldBe(9);
    }

    [Fact]
    public async Task AShortSideIsThatOfThePictureAsItIsShown()
    {
        // 160 x 120 pixels, turned to 120 x 160: the quarters meet in the middle of what is cut out.
        ReadFilm read = await ReadFilm.ReadAsync(
            await TestFilms.RotatedAsync(90), new MediaReadOptions { Frames = new FrameSpec { Width = 40, Height = 120, Rate = 1, ShortSide = 120 } });
        ReadFilm whole = await ReadFilm.ReadAsync(await TestFilms.RotatedAsync(90), 1, 120, 160);
        byte[] expected = [.. Enumerable.Range(20, 120).SelectMany(row => whole.Frames[0].AsSpan(((row * 120) + 40) * 3, 40 * 3).ToArray())];
        read.Frames[0].Zip(expected).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 3);
    }
}
