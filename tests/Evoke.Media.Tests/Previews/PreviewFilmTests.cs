using Evoke.Media.Previews;
using Evoke.Media.Probing;
using Evoke.Testing;

namespace Evoke.Media.Tests.Previews;

/// <summary>Small copies that browsers play: what is shown and heard of the original, at the same seconds.</summary>
public sealed class PreviewFilmTests : IDisposable
{
    private static readonly double[] At = [1.0, 2.5, 4.0];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("mkv", 0.5, 0)]
    [InlineData("mkv", -0.7, 0)]
    [InlineData("ts", 0.5, 900)]
    [InlineData("avi", 0, 0)]
    public async Task FlashesAndBeepsStayAtTheirSeconds(string extension, double soundStart, double clockStart)
    {
        string preview = await WriteAsync(await TestFilms.FlashesAndBeepsAsync(5, At, extension, soundStart: soundStart, clockStart: clockStart));
        ReadFilm film = await ReadFilm.ReadAsync(preview, rate: 30);
        AlignmentTests.Onsets(film.Frames.Count, k => film.Brightness(k) > 128).Select(k => k / 30.0).ShouldBe(At, 1.5 / 30);
        double[] beeps = [.. AlignmentTests.BeepOnsets(film.Sound)];
        beeps.Length.ShouldBe(At.Length);
        beeps.ShouldBe(At, 0.05);
    }

    [Fact]
    public async Task ItIsH264AndAacThatEveryBrowserPlaysAndNoLargerThanAsked()
    {
        string film = await TestFilms.MakeAsync(
            "prores.mov", "-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=50:duration=2", "-f", "lavfi", "-i", "sine=duration=2",
            "-c:v", "prores", "-c:a", "pcm_s24le");
        MediaInfo preview = await ProbeAsync(await WriteAsync(film));
        preview.Video!.Codec.ShouldBe("h264");
        preview.Video.PixelFormat.ShouldBe("yuv420p");
        (preview.Video.Width, preview.Video.Height).ShouldBe((640, 360));
        preview.Video.FrameRate!.Value.ShouldBe(25, 1e-6);
        preview.Audio!.Codec.ShouldBe("aac");
        preview.DurationSeconds!.Value.ShouldBe(2, 0.1);
        BrowserPlayback.IsPlausible(preview).ShouldBeTrue();
    }

    [Theory]
    [InlineData(90, false)]
    [InlineData(180, false)]
    [InlineData(270, true)]
    public async Task ItIsTurnedAsThePictureIsShown(int clockwise, bool mirrored)
    {
        string film = await TestFilms.RotatedAsync(clockwise, mirrored);
        string preview = await WriteAsync(film);
        VideoStreamInfo shown = (await ProbeAsync(film)).Video!, made = (await ProbeAsync(preview)).Video!;
        (made.Width, made.Height, made.RotationDegrees, made.IsMirrored).ShouldBe((shown.Width, shown.Height, 0, false));
        (byte[] before, byte[] after) = ((await ReadFilm.ReadAsync(film, 1)).Frames[0], (await ReadFilm.ReadAsync(preview, 1)).Frames[0]);
        before.Zip(after, (a, b) => Math.Abs(a - b)).Average().ShouldBeLessThan(12);
    }

    [Fact]
    public async Task SoundAloneGivesSoundAlone()
    {
        string sound = await TestFilms.MakeAsync("tone.wma", "-f", "lavfi", "-i", "sine=duration=2", "-c:a", "wmav2");
        MediaInfo preview = await ProbeAsync(await WriteAsync(sound));
        preview.Video.ShouldBeNull();
        preview.Audio!.Codec.ShouldBe("aac");
    }

    [Fact]
    public async Task ProgressIsToldToTheEndAndWhatItThrowsEndsTheWork()
    {
        MediaInfo film = await ProbeAsync(await TestFilms.OrdinaryAsync("avi", 5));
        List<PreviewProgress> told = [];
        await PreviewFilm.WriteAsync(film, _folder.File("whole.mp4"), progress: new Inline(told.Add), cancellationToken: TestContext.Current.CancellationToken);
        told[^1].SecondsDone.ShouldBe(5, 0.2);
        told[^1].SecondsTotal!.Value.ShouldBe(5, 0.2);
        told[^1].Bytes.ShouldBeGreaterThan(1000);
        told.Select(progress => progress.SecondsDone).ShouldBeInOrder();

        await Should.ThrowAsync<InvalidOperationException>(() =>
            PreviewFilm.WriteAsync(
                film, _folder.File("none.mp4"), progress: new Inline(_ => throw new InvalidOperationException("enough")),
                cancellationToken: TestContext.Current.CancellationToken));
        Directory.EnumerateFiles(_folder.Path).ShouldBe([_folder.File("whole.mp4")]);
    }

    [Fact]
    public async Task CancellingLeavesNothing()
    {
        MediaInfo film = await ProbeAsync(await TestFilms.OrdinaryAsync("avi", 60));
        using CancellationTokenSource cancel = new();
        await Should.ThrowAsync<OperationCanceledException>(() =>
            PreviewFilm.WriteAsync(film, _folder.File("none.mp4"), progress: new Inline(_ => cancel.Cancel()), cancellationToken: cancel.Token));
        Directory.EnumerateFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("mp4", true)]
    [InlineData("mkv", true)]
    [InlineData("ts", false)]
    [InlineData("avi", false)]
    public async Task ContainersThatNoBrowserOpensAreKnown(string extension, bool plausible) =>
        BrowserPlayback.IsPlausible(await ProbeAsync(await TestFilms.OrdinaryAsync(extension, 3))).ShouldBe(plausible);

    [Theory]
    [InlineData("motion.mov", "mjpeg", "aac", "yuvj420p")]
    [InlineData("cutting-room.mp4", "libx264", "aac", "yuv422p")]
    [InlineData("surround.mp4", "libx264", "ac3", "yuv420p")]
    [InlineData("theora.ogv", "libtheora", "libvorbis", "yuv420p")]
    public async Task CodecsThatNoBrowserDecodesAreKnown(string name, string picture, string sound, string pixels)
    {
        string film = await TestFilms.MakeAsync(name, "-f", "lavfi", "-i", "testsrc2=size=160x120:rate=10:duration=1", "-f", "lavfi", "-i", "sine=duration=1",
            "-c:v", picture, "-pix_fmt", pixels, "-c:a", sound);
        BrowserPlayback.IsPlausible(await ProbeAsync(film)).ShouldBeFalse();
    }

    private static Task<MediaInfo> ProbeAsync(string path) => MediaProbe.ProbeAsync(path, TestContext.Current.CancellationToken);

    private async Task<string> WriteAsync(string film)
    {
        string path = _folder.File("preview.mp4");
        await PreviewFilm.WriteAsync(await ProbeAsync(film), path, cancellationToken: TestContext.Current.CancellationToken);
        return path;
    }

    private sealed class Inline(Action<PreviewProgress> report) : IProgress<PreviewProgress>
    {
        public void Report(PreviewProgress value) => report(value);
    }
}
