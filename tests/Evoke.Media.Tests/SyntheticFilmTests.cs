using Evoke.Media.Ffmpeg;
using Evoke.Media.Probing;
using Evoke.Media.Synthesis;

namespace Evoke.Media.Tests;

public sealed class SyntheticFilmTests
{
    [Fact]
    public async Task TheSameDescriptionGivesTheSameFilm()
    {
        SyntheticFilm film = new()
        {
            Width = 160,
            Height = 90,
            Scenes = [.. Enum.GetValues<ScenePattern>().Select(p => new SyntheticScene { Seconds = 0.5, Pattern = p, CutsPerSecond = 4, Noise = 0.5 })],
        };
        using WrittenFilm first = await WrittenFilm.WriteAsync(film);
        using WrittenFilm second = await WrittenFilm.WriteAsync(film);
        (await File.ReadAllBytesAsync(first.Path, TestContext.Current.CancellationToken))
            .ShouldBe(await File.ReadAllBytesAsync(second.Path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task LengthSizeAndRateAreAsDescribed()
    {
        SyntheticFilm film = new()
        {
            Width = 200,
            Height = 100,
            FrameRate = 30,
            Scenes = [new SyntheticScene { Seconds = 1.5 }, new SyntheticScene { Seconds = 0.73 }],
        };
        using WrittenFilm written = await WrittenFilm.WriteAsync(film);
        MediaInfo info = await MediaProbe.ProbeAsync(written.Path, TestContext.Current.CancellationToken);
        (info.Video!.Width, info.Video.Height, info.Video.FrameRate).ShouldBe((200, 100, 30));
        film.Seconds.ShouldBe(67 / 30.0, 1e-9);
        info.Video.DurationSeconds!.Value.ShouldBe(film.Seconds, 1e-3);
        info.Audio!.DurationSeconds!.Value.ShouldBe(film.Seconds, 0.03);
        Directory.GetFiles(Path.GetDirectoryName(written.Path)!).Length.ShouldBe(1);
    }

    [Theory]
    [InlineData(ScenePattern.Gradients)]
    [InlineData(ScenePattern.Mandelbrot)]
    [InlineData(ScenePattern.Life)]
    [InlineData(ScenePattern.Automaton)]
    [InlineData(ScenePattern.TestPicture)]
    public async Task MoreMotionMovesMoreAndNoneIsStill(ScenePattern pattern)
    {
        double[] moved = [.. (await Task.WhenAll(new[] { 0, 0.2, 1 }.Select(m =>
            ReadAsync(new SyntheticScene { Seconds = 2, Pattern = pattern, Motion = m })))).Select(Change)];
        moved[0].ShouldBeLessThan(0.3);
        moved[1].ShouldBeGreaterThan(moved[0]);
        moved[2].ShouldBeGreaterThan(moved[1] * 1.3);
    }

    [Fact]
    public async Task BrightnessGoesFromBlackToWhite()
    {
        foreach ((double brightness, double least, double most) in new[] { (0.0, 0.0, 8.0), (0.5, 80.0, 180.0), (1.0, 247.0, 255.0) })
        {
            (await ReadAsync(new SyntheticScene { Seconds = 0.5, Brightness = brightness })).Brightness(0).ShouldBeInRange(least, most);
        }
    }

    [Theory]
    [InlineData(ScenePattern.Gradients)]
    [InlineData(ScenePattern.Life)]
    [InlineData(ScenePattern.Plain)]
    public async Task CutsAreWhereTheyShouldBe(ScenePattern pattern)
    {
        ReadFilm film = await ReadAsync(new SyntheticScene { Seconds = 3, Pattern = pattern, Motion = 0.1, CutsPerSecond = 2 });
        double[] changes = [.. Enumerable.Range(1, film.Frames.Count - 1).Select(k => Difference(film.Frames[k - 1], film.Frames[k]))];
        int[] cuts = [.. changes.Select((change, i) => (change, frame: i + 1)).OrderByDescending(c => c.change).Take(5).Select(c => c.frame).Order()];
        cuts.ShouldBe([12, 24, 36, 48, 60]);
    }

    [Fact]
    public async Task LoudnessAndPitchAreHeard()
    {
        ReadFilm film = await ReadAsync(
            new SyntheticScene { Seconds = 1, Loudness = 0, PitchHertz = 500 },
            new SyntheticScene { Seconds = 1, Loudness = 0.1, PitchHertz = 250 },
            new SyntheticScene { Seconds = 1, Loudness = 0.8, PitchHertz = 500 });
        Peak(film, 0.1, 0.9).ShouldBeLessThan(0.01);
        Peak(film, 1.1, 1.9).ShouldBe(0.1, 0.03);
        Peak(film, 2.1, 2.9).ShouldBe(0.8, 0.1);
        Pitch(film, 1.1, 1.9).ShouldBe(250, 3);
        Pitch(film, 2.1, 2.9).ShouldBe(500, 6);
    }

    [Fact]
    public async Task SenselessScenesAreRefusedByName()
    {
        foreach ((SyntheticScene scene, string name) in new[]
        {
            (new SyntheticScene { Seconds = 0 }, "Seconds"),
            (new SyntheticScene { Seconds = 1, Motion = 2 }, "Motion"),
            (new SyntheticScene { Seconds = 1, Loudness = double.NaN }, "Loudness"),
        })
        {
            SyntheticFilm film = new() { Scenes = [scene] };
            (await Should.ThrowAsync<ArgumentOutOfRangeException>(() => film.WriteAsync("never.mp4", null, TestContext.Current.CancellationToken)))
                .ParamName.ShouldBe(name);
        }

        File.Exists("never.mp4").ShouldBeFalse();
    }

    [Fact]
    public async Task AFailureLeavesNoFile()
    {
        string folder = Path.Combine(Path.GetTempPath(), "evoke-media-tests", Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, "film.mp4");
        SyntheticFilm film = new() { Scenes = [new SyntheticScene { Seconds = 600 }] };
        using CancellationTokenSource cancellation = new(TimeSpan.FromSeconds(0.5));
        await Should.ThrowAsync<OperationCanceledException>(() => film.WriteAsync(path, null, cancellation.Token));
        await Should.ThrowAsync<FfmpegMissingException>(() =>
            film.WriteAsync(path, new FfmpegPrograms { Ffmpeg = "no-such-ffmpeg" }, TestContext.Current.CancellationToken));
        Directory.GetFiles(folder).ShouldBeEmpty();
        Directory.Delete(folder);
        EncodingFailure.MissingEncoder("Unknown encoder 'libx264'; exiting").ShouldBe("libx264");
        EncodingFailure.MissingEncoder("No space left on device").ShouldBeNull();
    }

    private static async Task<ReadFilm> ReadAsync(params SyntheticScene[] scenes)
    {
        SyntheticFilm film = new() { Width = 160, Height = 90, Scenes = [.. scenes] };
        using WrittenFilm written = await WrittenFilm.WriteAsync(film);
        return await ReadFilm.ReadAsync(written.Path, rate: 24, width: 80, height: 45);
    }

    private static double Change(ReadFilm film) => Enumerable.Range(1, film.Frames.Count - 1).Average(k => Difference(film.Frames[k - 1], film.Frames[k]));

    private static double Difference(byte[] a, byte[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Average();

    private static double Peak(ReadFilm film, double from, double to) => film.Sound[(int)(from * 16000)..(int)(to * 16000)].Max(Math.Abs);

    // Where the autocorrelation of the sound has its first high peak.
    private static double Pitch(ReadFilm film, double from, double to)
    {
        float[] sound = film.Sound[(int)(from * 16000)..(int)(to * 16000)];
        double Correlation(int lag) => Enumerable.Range(0, 4000).Sum(i => (double)sound[i] * sound[i + lag]);
        double[] correlations = [.. Enumerable.Range(0, 200).Select(Correlation)];
        double high = 0.97 * correlations[16..].Max();
        int best = Enumerable.Range(16, 183).First(lag => correlations[lag] > high && correlations[lag] >= correlations[lag + 1]);
        return 16000.0 / best;
    }

    private sealed class WrittenFilm(string path) : IDisposable
    {
        public string Path { get; } = path;

        public static async Task<WrittenFilm> WriteAsync(SyntheticFilm film)
        {
            string folder = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "evoke-media-tests", Guid.NewGuid().ToString("N"));
            Directory.CreateDirectory(folder);
            string path = System.IO.Path.Combine(folder, "film.mp4");
            await film.WriteAsync(path, null, TestContext.Current.CancellationToken);
            return new WrittenFilm(path);
        }

        public void Dispose() => Directory.Delete(System.IO.Path.GetDirectoryName(Path)!, recursive: true);
    }
}
