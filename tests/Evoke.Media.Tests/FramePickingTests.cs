using System.Globalization;
using Evoke.Testing;

namespace Evoke.Media.Tests;

public sealed class FramePickingTests
{
    [Theory]
    [InlineData("mp4", "25", 100, 1)]
    [InlineData("mp4", "25", 100, 6)]
    [InlineData("mp4", "30000/1001", 90, 6)]
    [InlineData("mkv", "30", 60, 6)]
    [InlineData("mkv", "30", 60, 30)]
    [InlineData("ts", "24", 50, 7)]
    [InlineData("mp4", "24", 48, 1.0 / 0.96)]
    [InlineData("avi", "25", 30, 60)]
    public async Task FrameKIsTheLastOneThatBeganByKOverRate(string extension, string sourceRate, int count, double rate)
    {
        string path = await TestFilms.NumberedAsync("numbered." + extension, sourceRate, count);
        string[] parts = sourceRate.Split('/');
        double fps = double.Parse(parts[0], CultureInfo.InvariantCulture) / (parts.Length > 1 ? double.Parse(parts[1], CultureInfo.InvariantCulture) : 1);
        int steps = (int)Math.Ceiling((count / fps * rate) - 1e-3);

        (int[] numbers, ReadFilm film) = await ReadFilm.NumbersAsync(path, rate);

        numbers.ShouldBe([.. Enumerable.Range(0, steps).Select(k => Math.Min(count - 1, (int)Math.Floor((k / rate * fps) + 1e-3)))]);
        film.Summary.PictureSeconds!.Value.ShouldBe(count / fps, 2e-3);
        film.Summary.Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("mp4")]
    [InlineData("mkv")]
    public async Task VariableFrameRatesArePickedByTime(string extension)
    {
        // Frame n begins at n^2 / 100 s: 0, 0.01, 0.04, 0.09, ... 8.41.
        string path = await TestFilms.NumberedAsync("variable." + extension, "100", 30, "settb=1/1000,setpts='N*N*10'", "-video_track_timescale", "1000");
        (int[] numbers, _) = await ReadFilm.NumbersAsync(path, 6);

        numbers.Length.ShouldBeGreaterThanOrEqualTo(51);
        numbers[..51].ShouldBe([.. Enumerable.Range(0, 51).Select(k => (int)Math.Floor(Math.Sqrt((k / 6.0 * 100) + 1e-6)))]);
    }

    [Fact]
    public async Task TheLastFrameOfAVariableRateIsShownAsLongAsTheContainerSays()
    {
        string start = await TestFilms.NumberedAsync("stills.mkv", "1", 3, "setpts='if(eq(N,0),0,if(eq(N,1),1,9))/TB'");
        (int[] numbers, ReadFilm film) = await ReadFilm.NumbersAsync(start, 1);
        numbers[..10].ShouldBe([0, 1, 1, 1, 1, 1, 1, 1, 1, 2]);
        film.Summary.PictureSeconds!.Value.ShouldBeGreaterThan(9);
    }

    [Theory]
    [InlineData("mkv", 24)]
    [InlineData("mkv", 30)]
    [InlineData("mkv", 60)]
    [InlineData("flv", 30)]
    [InlineData("mkv", 30, "-live", "1")]
    public async Task TimesRoundedToMillisecondsAddNoStep(string extension, int rate, params string[] more)
    {
        for (int seconds = 1; seconds <= 3; seconds++)
        {
            string path = await TestFilms.NumberedAsync("whole." + extension, rate.ToString(CultureInfo.InvariantCulture), rate * seconds, "", more);
            (int[] numbers, _) = await ReadFilm.NumbersAsync(path, 1);
            numbers.Length.ShouldBe(seconds);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public async Task AFilmOfOneFrameGivesOneStep(double rate)
    {
        string path = await TestFilms.NumberedAsync("one.mp4", "25", 1);
        (int[] numbers, ReadFilm film) = await ReadFilm.NumbersAsync(path, rate);
        numbers.ShouldBe([0]);
        film.Summary.PictureSeconds!.Value.ShouldBe(0.04, 1e-3);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(6, 2)]
    [InlineData(30, 9)]
    public async Task AThirdOfASecondGivesItsSteps(double rate, int steps)
    {
        string path = await TestFilms.NumberedAsync("short.mp4", "30", 9);
        (int[] numbers, _) = await ReadFilm.NumbersAsync(path, rate);
        numbers.Length.ShouldBe(steps);
    }

    [Fact]
    public async Task TheClockOfThePictureBeginsWithItsFirstFrame()
    {
        string path = await TestFilms.NumberedAsync("late.ts", "25", 75, "", "-output_ts_offset", "5000", "-muxdelay", "0");
        (int[] numbers, ReadFilm film) = await ReadFilm.NumbersAsync(path, 1);
        numbers.ShouldBe([0, 25, 50]);
        film.Info.Video!.StartSeconds.ShouldBeGreaterThan(4999);
    }

    [Fact]
    public async Task APictureThatChangesItsSizeHalfWayKeepsItsClock()
    {
        string small = await TestFilms.NumberedAsync("small.ts", "25", 50, "", "-bsf:v", "h264_mp4toannexb");
        string large = await TestFilms.NumberedAsync("large.ts", "25", 50, "scale=256:32:flags=neighbor", "-output_ts_offset", "2");
        string both = Path.Combine(Path.GetDirectoryName(large)!, "both.ts");
        await File.WriteAllBytesAsync(
            both,
            [
                .. await File.ReadAllBytesAsync(small, TestContext.Current.CancellationToken),
                .. await File.ReadAllBytesAsync(large, TestContext.Current.CancellationToken),
            ],
            TestContext.Current.CancellationToken);

        (int[] numbers, _) = await ReadFilm.NumbersAsync(both, 5);

        numbers.ShouldBe([0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 0, 5, 10, 15, 20, 25, 30, 35, 40, 45]);
    }
}
