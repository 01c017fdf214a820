using Evoke.Media.Probing;
using Evoke.Media.Reading;
using Evoke.Testing;

namespace Evoke.Media.Tests;

/// <summary>Any channel layout becomes one channel in which nothing is lost and nothing is clipped.</summary>
public sealed class SoundFormTests
{
    [Theory]
    [InlineData("mono", 1, 0, 1.0)]
    [InlineData("stereo", 2, 0, 0.5)]
    [InlineData("stereo", 2, 1, 0.5)]
    [InlineData("5.1", 6, 2, 0.293)] // The centre, where people speak: 1 / (1 + 2 * 0.707 + 2 * 0.5).
    [InlineData("5.1", 6, 0, 0.207)]
    [InlineData("5.1", 6, 4, 0.146)]
    [InlineData("7.1", 8, 2, 0.226)]
    [InlineData("quad", 4, 3, 0.207)]
    public async Task EachChannelIsHeard(string layout, int channels, int loud, double share)
    {
        string expression = string.Join('|', Enumerable.Range(0, channels).Select(c => c == loud ? "0.8*sin(2*PI*440*t)" : "0"));
        string path = await TestFilms.MakeAsync(
            "channel.wav", "-f", "lavfi", "-i", $"aevalsrc='{expression}':channel_layout={layout}:sample_rate=48000:duration=1");
        ReadFilm film = await ReadFilm.ReadAsync(path, rate: 1);
        film.Info.Audio!.Channels.ShouldBe(channels);
        ((double)film.Sound[4000..12000].Max(Math.Abs)).ShouldBe(0.8 * share, 0.01);
        ((double)film.Sound.Length).ShouldBe(16000, 40);
    }

    [Fact]
    public async Task AllChannelsAtFullScaleDoNotClip()
    {
        string expression = string.Join('|', Enumerable.Repeat("sin(2*PI*440*t)", 6));
        string path = await TestFilms.MakeAsync(
            "full.wav", "-f", "lavfi", "-i", $"aevalsrc='{expression}':channel_layout=5.1:sample_rate=16000:duration=1", "-c:a", "pcm_f32le");
        ReadFilm film = await ReadFilm.ReadAsync(path, rate: 1);
        film.Sound.Max(Math.Abs).ShouldBeInRange(0.95f, 1.0001f);
    }

    [Fact]
    public async Task SamplesBeyondFullScaleAreCutToIt()
    {
        string path = await TestFilms.MakeAsync(
            "loud.wav", "-f", "lavfi", "-i", "aevalsrc='3*sin(2*PI*440*t)':sample_rate=16000:duration=1", "-c:a", "pcm_f32le");
        ReadFilm film = await ReadFilm.ReadAsync(path, rate: 1);
        film.Sound.Max().ShouldBe(1f);
        film.Sound.Min().ShouldBe(-1f);
    }

    [Fact]
    public async Task ChannelsWithoutALayoutCountAlike()
    {
        string expression = string.Join('|', Enumerable.Range(0, 5).Select(c => c == 3 ? "0.8*sin(2*PI*440*t)" : "0"));
        string path = await TestFilms.MakeAsync(
            "nolayout.caf", "-f", "lavfi", "-i", $"aevalsrc='{expression}':channel_layout=5.0:sample_rate=16000:duration=1", "-c:a", "pcm_s16le");
        MediaInfo info = await MediaProbe.ProbeAsync(path, TestContext.Current.CancellationToken);
        info = info with { AudioStreams = [info.Audio! with { ChannelLayout = null }] };
        await using MediaReader reader = MediaReader.Open(info, new MediaReadOptions { Waveform = true });
        float peak = 0;
        await foreach (MediaChunk chunk in reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            peak = Math.Max(peak, ((WaveformChunk)chunk).Samples.Span.ToArray().Max(Math.Abs));
        }

        ((double)peak).ShouldBe(0.16, 0.01);
    }

    [Theory]
    [InlineData(8000)]
    [InlineData(44100)]
    [InlineData(96000)]
    public async Task SampleRatesAreConverted(int rate)
    {
        string path = await TestFilms.MakeAsync("rate.wav", "-f", "lavfi", "-i", $"sine=frequency=1000:sample_rate={rate}:duration=2");
        ReadFilm film = await ReadFilm.ReadAsync(path, rate: 1);
        ((double)film.Sound.Length).ShouldBe(32000, 40);
        int crossings = Enumerable.Range(8001, 16000).Count(i => film.Sound[i - 1] < 0 && film.Sound[i] >= 0);
        crossings.ShouldBeInRange(999, 1001);
    }

    [Fact]
    public async Task AFilmWithoutSoundIsNoError()
    {
        string path = await TestFilms.NumberedAsync("mute.mp4", "25", 25);
        ReadFilm film = await ReadFilm.ReadAsync(path, rate: 1);
        film.Frames.Count.ShouldBe(1);
        film.Sound.ShouldBeEmpty();
        film.Summary.SoundSeconds.ShouldBeNull();
        film.Summary.Warnings.ShouldBe(["the file has no sound"]);
    }

    [Fact]
    public async Task SilenceIsSoundToo()
    {
        string path = await TestFilms.MakeAsync(
            "silent.mp4", "-f", "lavfi", "-i", "color=black:size=64x64:rate=10:duration=2", "-f", "lavfi", "-i", "anullsrc=duration=2", "-c:v", "libx264",
            "-c:a", "aac", "-shortest");
        ReadFilm film = await ReadFilm.ReadAsync(path, rate: 1);
        film.Summary.Warnings.ShouldBeEmpty();
        film.Summary.SoundSeconds!.Value.ShouldBe(2, 0.05);
        film.Sound.Max(Math.Abs).ShouldBeLessThan(1e-3f);
    }
}
