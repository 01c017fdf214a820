using System.Globalization;
using Evoke.Media.Previews;
using Evoke.Media.Probing;
using Evoke.Testing;

namespace Evoke.Media.Tests;

public sealed class ThumbnailTests
{
    [Theory]
    [InlineData("mp4", ThumbnailFormat.Jpeg)]
    [InlineData("mkv", ThumbnailFormat.Png)]
    [InlineData("ts", ThumbnailFormat.Png)]
    public async Task EachIsThePictureOnScreenAtItsSecond(string extension, ThumbnailFormat format)
    {
        string film = await TestFilms.NumberedAsync("numbered." + extension, "25", 500, "", "-g", "100", "-output_ts_offset", extension == "ts" ? "77" : "0");
        MediaInfo info = await MediaProbe.ProbeAsync(film, TestContext.Current.CancellationToken);
        double[] seconds = [3.1, 0, 12, 19.96, 7.5];

        IReadOnlyList<byte[]> files = await Thumbnails.TakeAsync(
            info, seconds, TestFilms.NumberedWidth, format, cancellationToken: TestContext.Current.CancellationToken);

        files.Count.ShouldBe(5);
        List<int> numbers = [];
        foreach (byte[] file in files)
        {
            numbers.Add(TestFilms.NumberOf(await PixelsAsync(file, format)));
        }

        numbers.ShouldBe([77, 0, 300, 499, 187]);
    }

    /// <summary>Joined recordings, whose clocks jump on, back, or begin again: seconds count on from part to part, as for curves.</summary>
    [Theory]
    [InlineData(0, 100)]
    [InlineData(100, 0)]
    [InlineData(0, 0)]
    public async Task WhereTheClockJumpsEachIsStillThePictureOnScreen(int firstClock, int secondClock)
    {
        Task<string> PartAsync(int clock) => TestFilms.NumberedAsync(
            $"part{clock}.ts", "25", 200, "", "-g", "50", "-output_ts_offset", clock.ToString(CultureInfo.InvariantCulture));
        string first = await PartAsync(firstClock);
        byte[] both =
        [
            .. await File.ReadAllBytesAsync(first, TestContext.Current.CancellationToken),
            .. await File.ReadAllBytesAsync(await PartAsync(secondClock), TestContext.Current.CancellationToken),
        ];
        string film = await TestFilms.KeepAsync(Path.Combine(Path.GetDirectoryName(first)!, $"jump{firstClock}-{secondClock}.ts"), both);
        MediaInfo info = await MediaProbe.ProbeAsync(film, TestContext.Current.CancellationToken);

        IReadOnlyList<byte[]> files = await Thumbnails.TakeAsync(
            info, [0.5, 7.9, 8.1, 12, 15.98, 100], TestFilms.NumberedWidth, ThumbnailFormat.Png, cancellationToken: TestContext.Current.CancellationToken);

        List<int> numbers = [];
        foreach (byte[] file in files)
        {
            numbers.Add(TestFilms.NumberOf(await PixelsAsync(file, ThumbnailFormat.Png)));
        }

        numbers.ShouldBe([12, 197, 2, 100, 199, 199]);
    }

    [Fact]
    public async Task TheyAreTurnedAndKeepTheirShape()
    {
        MediaInfo info = await MediaProbe.ProbeAsync(await TestFilms.RotatedAsync(90), TestContext.Current.CancellationToken);
        byte[] png = (await Thumbnails.TakeAsync(info, [0.5], 60, ThumbnailFormat.Png, cancellationToken: TestContext.Current.CancellationToken)).Single();
        (png[19], png[23]).ShouldBe(((byte)60, (byte)80)); // Width and height in a PNG's first chunk.
    }

    [Fact]
    public async Task PixelsThatAreNotSquareAreStretched()
    {
        string film = await TestFilms.QuartersAsync("anamorphic.mp4", 160, 120, "-c:v", "libx264", "-vf", "setsar=2");
        MediaInfo info = await MediaProbe.ProbeAsync(film, TestContext.Current.CancellationToken);
        byte[] png = (await Thumbnails.TakeAsync(info, [0], 160, ThumbnailFormat.Png, cancellationToken: TestContext.Current.CancellationToken)).Single();
        (png[19], png[23]).ShouldBe(((byte)160, (byte)60));
    }

    [Fact]
    public async Task BeyondTheEndIsOneOfTheLastPictures()
    {
        foreach (string extension in new[] { "mp4", "ts", "mkv" })
        {
            string film = await TestFilms.NumberedAsync("numbered." + extension, "25", 500, "", "-g", "100");
            MediaInfo info = await MediaProbe.ProbeAsync(film, TestContext.Current.CancellationToken);
            byte[] file = (await Thumbnails.TakeAsync(
                info, [1000], TestFilms.NumberedWidth, ThumbnailFormat.Png, cancellationToken: TestContext.Current.CancellationToken)).Single();
            TestFilms.NumberOf(await PixelsAsync(file, ThumbnailFormat.Png)).ShouldBeInRange(498, 499);
        }
    }

    [Fact]
    public async Task AFilmWithoutPictureOrASenselessMomentIsRefused()
    {
        string tone = await TestFilms.MakeAsync("tone.wav", "-f", "lavfi", "-i", "sine=duration=1");
        MediaInfo sound = await MediaProbe.ProbeAsync(tone, TestContext.Current.CancellationToken);
        await Should.ThrowAsync<ArgumentException>(() => Thumbnails.TakeAsync(sound, [0], 32, cancellationToken: TestContext.Current.CancellationToken));
        MediaInfo film = await MediaProbe.ProbeAsync(await TestFilms.OrdinaryAsync(), TestContext.Current.CancellationToken);
        await Should.ThrowAsync<ArgumentException>(() => Thumbnails.TakeAsync(film, [-1], 32, cancellationToken: TestContext.Current.CancellationToken));
    }

    private static async Task<byte[]> PixelsAsync(byte[] file, ThumbnailFormat format)
    {
        string path = Path.Combine(Path.GetTempPath(), "evoke-media-tests", Guid.NewGuid().ToString("N") + (format == ThumbnailFormat.Png ? ".png" : ".jpg"));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, file, TestContext.Current.CancellationToken);
        string raw = await TestFilms.MakeAsync(Path.GetFileName(path) + ".raw", "-i", path, "-f", "rawvideo", "-pix_fmt", "rgb24");
        byte[] pixels = await File.ReadAllBytesAsync(raw, TestContext.Current.CancellationToken);
        File.Delete(path);
        Directory.Delete(Path.GetDirectoryName(raw)!, recursive: true);
        return pixels;
    }
}
