using Evoke.Media.Reading;
using Evoke.Testing;

namespace Evoke.Media.Tests;

/// <summary>Films with flashes and beeps at the same known seconds: both must be found there, whatever the container says about clocks.</summary>
public sealed class AlignmentTests
{
    private static readonly double[] At = [1.0, 2.5, 4.0];

    [Theory]
    [InlineData("mp4", 0, 0)]
    [InlineData("mp4", 0.5, 0)]
    [InlineData("mp4", -0.5, 0)]
    [InlineData("mkv", 0, 0)]
    [InlineData("mkv", 0.5, 0)]
    [InlineData("mkv", -0.7, 0)]
    [InlineData("ts", 0, 0)]
    [InlineData("ts", 0.5, 900)]
    [InlineData("ts", -0.5, 900)]
    [InlineData("mov", 0.3, 0)]
    [InlineData("avi", 0, 0)]
    public async Task FlashesAndBeepsAreAtTheirSeconds(string extension, double soundStart, double clockStart)
    {
        string path = await TestFilms.FlashesAndBeepsAsync(5, At, extension, soundStart: soundStart, clockStart: clockStart);
        ReadFilm film = await ReadFilm.ReadAsync(path, rate: 30);

        Onsets(film.Frames.Count, k => film.Brightness(k) > 128).Select(k => k / 30.0).ShouldBe(At, 1e-9);
        double[] beeps = [.. BeepOnsets(film.Sound)];
        beeps.Length.ShouldBe(At.Length);
        for (int i = 0; i < At.Length; i++)
        {
            // AAC smears an onset by a few milliseconds.
            beeps[i].ShouldBe(At[i], 0.012);
        }

        film.Summary.SoundSeconds!.Value.ShouldBe(5, 0.08);
    }

    [Fact]
    public async Task LateSoundIsExactSilenceFirst()
    {
        string path = await TestFilms.FlashesAndBeepsAsync(3, [1], "mkv", soundStart: 0.5);
        ReadFilm film = await ReadFilm.ReadAsync(path, rate: 1);
        film.Sound.Take(7000).ShouldAllBe(sample => sample == 0);
    }

    [Theory]
    [InlineData("mp4")]
    [InlineData("ts")]
    [InlineData("mkv")]
    public async Task TheWaveformAloneIsTheSameAsWithThePicture(string extension)
    {
        string path = await TestFilms.FlashesAndBeepsAsync(5, At, extension, soundStart: extension == "mkv" ? -0.7 : 0.5);
        ReadFilm both = await ReadFilm.ReadAsync(path, rate: 1);
        ReadFilm alone = await ReadFilm.ReadAsync(path, new MediaReadOptions { Waveform = true });
        alone.Frames.ShouldBeEmpty();
        alone.Sound.ShouldBe(both.Sound);
        alone.Summary.PictureSeconds.ShouldBeNull();
    }

    [Fact]
    public async Task AHoleInTheSoundIsFilledWithSilence()
    {
        string path = await TestFilms.MakeAsync(
            "hole.mkv",
            "-f", "lavfi", "-i", "color=black:size=64x48:rate=10:duration=6",
            "-f", "lavfi", "-i", "aevalsrc='0.5*sin(2*PI*500*t)':sample_rate=16000:duration=6,asetnsamples=160,aselect='not(between(t,2,4))'",
            "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "pcm_s16le");
        ReadFilm film = await ReadFilm.ReadAsync(path, rate: 1);
        ((double)film.Sound.Length).ShouldBe(6 * 16000, 320.0);
        Level(film.Sound, 0.5, 1.9).ShouldBeGreaterThan(0.3);
        Level(film.Sound, 2.1, 3.9).ShouldBe(0);
        Level(film.Sound, 4.1, 5.9).ShouldBeGreaterThan(0.3);
    }

    [Fact]
    public async Task SoundWithoutAPictureHasItsOwnClock()
    {
        string path = await TestFilms.MakeAsync(
            "tone.mka", "-f", "lavfi", "-i", "aevalsrc='0.5*gte(t,1)*sin(2*PI*500*t)':sample_rate=16000:duration=3", "-c:a", "pcm_s16le",
            "-output_ts_offset", "40");
        ReadFilm film = await ReadFilm.ReadAsync(path, rate: 1);
        film.Frames.ShouldBeEmpty();
        film.Summary.PictureSeconds.ShouldBeNull();
        film.Summary.Warnings.ShouldContain("the file has no picture");
        ((double)film.Sound.Length).ShouldBe(48000, 10.0);
        BeepOnsets(film.Sound).Single().ShouldBe(1, 0.003);
    }

    [Fact]
    public async Task SoundThatComesMuchLaterThanThePictureIsStillInPlace()
    {
        // The sound stream begins after a picture so large that ffmpeg's own queue would grow past its bound.
        string path = await TestFilms.MakeAsync(
            "verylate.mkv",
            "-f", "lavfi", "-i", "testsrc2=size=320x180:rate=2:duration=240",
            "-itsoffset", "230", "-f", "lavfi", "-i", "aevalsrc='0.5*gte(t,5)*sin(2*PI*500*t)':sample_rate=16000:duration=8",
            "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "pcm_s16le");
        ReadFilm film = await ReadFilm.ReadAsync(path, rate: 2, width: 320, height: 180);
        film.Frames.Count.ShouldBe(480);
        ((double)film.Sound.Length).ShouldBe(238 * 16000, 100.0);
        BeepOnsets(film.Sound).Single().ShouldBe(235, 0.003);
        ReadFilm alone = await ReadFilm.ReadAsync(path, new MediaReadOptions { Waveform = true });
        alone.Sound.ShouldBe(film.Sound);
    }

    private static double Level(float[] sound, double from, double to) =>
        sound[(int)(from * 16000)..(int)(to * 16000)].Max(Math.Abs);

    // Where the loudness of 5 ms rises above a threshold after 100 ms of less.
    internal static IEnumerable<double> BeepOnsets(float[] sound)
    {
        const int block = 16;
        double quietSince = -1;
        for (int i = 0; i + block <= sound.Length; i += block)
        {
            double level = sound.AsSpan(i, block).ToArray().Max(Math.Abs);
            double second = i / 16000.0;
            if (level > 0.2)
            {
                if (second - quietSince > 0.1)
                {
                    yield return second;
                }

                quietSince = second;
            }
        }
    }

    internal static IEnumerable<int> Onsets(int count, Func<int, bool> isOn) =>
        Enumerable.Range(0, count).Where(k => isOn(k) && (k == 0 || !isOn(k - 1)));
}
