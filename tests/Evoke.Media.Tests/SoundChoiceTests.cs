using Evoke.Media.Probing;
using Evoke.Media.Reading;
using Evoke.Testing;

namespace Evoke.Media.Tests;

/// <summary>Which sound is heard, and that it is heard.</summary>
public sealed class SoundChoiceTests
{
    private static readonly string[] s_picture = ["-f", "lavfi", "-i", "color=black:size=64x64:rate=25:duration=4"];

    [Fact]
    public async Task APlainTrackIsPreferredToCommentaryAndDescriptionsEvenIfThoseAreTheDefault()
    {
        ReadFilm film = await ReadFilm.ReadAsync(await ThreeTracksAsync(), rate: 2);
        film.Info.Audio!.Language.ShouldBe("deu");
        film.Info.Audio.Title.ShouldBe("Ton");
        Pitch(film).ShouldBe(500, 10);
        film.Summary.Warnings.ShouldBe(["of 3 sound tracks, track 2 (deu, 'Ton') was heard"]);
    }

    [Theory]
    [InlineData(1, 300, "of 3 sound tracks, track 1 (commentary) was heard")]
    [InlineData(3, 800, "of 3 sound tracks, track 3 (commentary) was heard")]
    public async Task ATrackCanBeChosen(int track, double pitch, string said)
    {
        ReadFilm film = await ReadFilm.ReadAsync(await ThreeTracksAsync(), new MediaReadOptions { Waveform = true, AudioTrack = track });
        Pitch(film).ShouldBe(pitch, 10);
        film.Summary.Warnings.ShouldBe([said]);
    }

    [Fact]
    public async Task ATrackThatIsNotThereIsAnError()
    {
        string path = await ThreeTracksAsync();
        AudioTrackMissingException error = await Should.ThrowAsync<AudioTrackMissingException>(() => ReadFilm.ReadAsync(path, new MediaReadOptions { Waveform = true, AudioTrack = 4 }));
        error.Message.ShouldContain("no sound track 4; it has 3");
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => ReadFilm.ReadAsync(path, new MediaReadOptions { Waveform = true, AudioTrack = 0 }));
    }

    [Fact]
    public async Task StereoWhoseHalvesCancelIsHeardAndSaid()
    {
        string tone = "aevalsrc='0.5*sin(2*PI*440*t)|-0.5*sin(2*PI*440*t)':channel_layout=stereo:sample_rate=48000:duration=4";
        string path = await TestFilms.MakeAsync("inverted.wav", "-f", "lavfi", "-i", tone);
        ReadFilm film = await ReadFilm.ReadAsync(path, new MediaReadOptions { Waveform = true });
        film.Sound.Max().ShouldBe(0.5f, 0.02f);
        Pitch(film).ShouldBe(440, 5);
        film.Summary.Warnings.ShouldHaveSingleItem().ShouldContain("cancel each other for 4.0 s");
    }

    [Theory]
    [InlineData("0.5*sin(2*PI*440*t)|0.5*sin(2*PI*440*t)", 0.5)]
    [InlineData("0.5*sin(2*PI*440*t)|0", 0.25)]
    [InlineData("0.5*sin(2*PI*440*t)|0.3*sin(2*PI*440*t+2)", 0.232)]
    public async Task OrdinaryStereoIsMixedAsItIs(string expression, double peak)
    {
        string path = await TestFilms.MakeAsync("stereo.wav", "-f", "lavfi", "-i", $"aevalsrc='{expression}':channel_layout=stereo:sample_rate=16000:duration=2");
        ReadFilm film = await ReadFilm.ReadAsync(path, new MediaReadOptions { Waveform = true });
        ((double)film.Sound.Max()).ShouldBe(peak, 0.02);
        film.Summary.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void AMixFollowsFromOneSecondToTheNext()
    {
        StereoMix mix = new(1000);
        static float[] Sound(float left, float right) => [.. Enumerable.Range(0, 4000).SelectMany(i => new[] { left * (i % 2 == 0 ? 1 : -1), right * (i % 2 == 0 ? 1 : -1) })];
        mix.Mix(Sound(0.5f, 0.5f)).Max().ShouldBe(0.5f);
        mix.Turned.ShouldBe(0);
        mix.Mix(Sound(0.5f, -0.5f)).Max().ShouldBe(0.5f);
        mix.Turned.ShouldBe(4000);
        mix.Mix(Sound(0.5f, 0.5f)).Max().ShouldBe(0.5f);
        mix.Turned.ShouldBe(4000);
        mix.Mix(Sound(float.NaN, 1)).Length.ShouldBe(4000);
        mix.Mix(Sound(0, 0)).ShouldAllBe(sample => sample == 0);
        mix.Turned.ShouldBe(4000);
    }

    /// <summary>In transport streams ffprobe looks at 5 s; in program streams, which list nothing, at 5 MB, which at this bit rate are 3 s.</summary>
    [Theory]
    [InlineData("ts", 12)]
    [InlineData("mpg", 6)]
    public async Task SoundThatStartsLateIsFound(string extension, int start)
    {
        string[] codecs = extension == "ts"
            ? ["-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac"]
            : ["-c:v", "mpeg2video", "-b:v", "12M", "-minrate", "12M", "-maxrate", "12M", "-bufsize", "2M", "-c:a", "mp2"];
        string path = await TestFilms.MakeAsync(
            "latesound." + extension,
            [
                "-f", "lavfi", "-i", $"testsrc2=size=640x360:rate=25:duration={start + 4}", "-itsoffset", $"{start}", "-f", "lavfi", "-i", "sine=duration=4",
                .. codecs, "-muxdelay", "0.5", "-max_interleave_delta", "500000",
            ]);
        ReadFilm film = await ReadFilm.ReadAsync(path, rate: 2);
        film.Info.Audio.ShouldNotBeNull();
        film.Frames.Count.ShouldBe((start + 4) * 2);
        film.Sound.Take((start * 16_000) - 1600).ShouldAllBe(sample => sample == 0);
        film.Sound.Skip((start * 16_000) + 1600).Take(16_000).Average(Math.Abs).ShouldBeGreaterThan(0.02f);
        film.Summary.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task OfSeveralProgrammesOneIsReadAndTheOthersAreSaid()
    {
        string path = await TestFilms.MakeAsync(
            "programmes.ts",
            [
                .. s_picture, "-f", "lavfi", "-i", "sine=duration=4", "-f", "lavfi", "-i", "testsrc=size=64x64:rate=25:duration=4", "-f", "lavfi", "-i", "sine=f=900:duration=4",
                "-map", "0", "-map", "1", "-map", "2", "-map", "3", "-c:v", "libx264", "-c:a", "aac", "-program", "title=one:st=0:st=1", "-program", "title=two:st=2:st=3",
            ]);
        MediaInfo info = await MediaProbe.ProbeAsync(path, TestContext.Current.CancellationToken);
        info.VideoStreams.ShouldHaveSingleItem().Index.ShouldBe(0);
        info.AudioStreams.ShouldHaveSingleItem().Index.ShouldBe(1);
        info.Notices.ShouldBe(["the file has 2 programmes; the one of stream 0 is read, the others are not"]);
    }

    private static Task<string> ThreeTracksAsync() => TestFilms.MakeAsync(
        "tracks.mkv",
        [
            .. s_picture, "-f", "lavfi", "-i", "sine=f=300:duration=4", "-f", "lavfi", "-i", "sine=f=500:duration=4", "-f", "lavfi", "-i", "sine=f=800:duration=4",
            "-map", "0", "-map", "1", "-map", "2", "-map", "3", "-c:v", "libx264", "-c:a", "flac", "-disposition:a:0", "default+comment", "-disposition:a:1", "0",
            "-disposition:a:2", "visual_impaired", "-metadata:s:a:1", "language=deu", "-metadata:s:a:1", "title=Ton",
        ]);

    // Hz, by counting how often the wave rises through 0 in the second second.
    private static double Pitch(ReadFilm film) => Enumerable.Range(16_000, 16_000).Count(i => film.Sound[i - 1] < 0 && film.Sound[i] >= 0);
}
