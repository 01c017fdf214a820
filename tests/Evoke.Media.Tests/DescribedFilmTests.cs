using Evoke.Curves.Export.Markers;
using Evoke.Media.Probing;
using Evoke.Testing;

namespace Evoke.Media.Tests;

/// <summary>What files for other programs say of real films.</summary>
public sealed class DescribedFilmTests
{
    [Fact]
    public async Task AFilmIsDescribedAsItIsShown()
    {
        string path = await TestFilms.MakeAsync(
            "pal.mov", "-f", "lavfi", "-i", "testsrc2=size=72x58:rate=25:duration=1,setsar=16/11", "-f", "lavfi", "-i", "sine=sample_rate=32000:duration=1",
            "-c:v", "libx264", "-c:a", "aac", "-ac", "2", "-timecode", "09:59:59:24");
        FilmFile film = (await MediaProbe.ProbeAsync(path, TestContext.Current.CancellationToken)).ToFilmFile("a/pal.mov");
        film.ShouldBe(new FilmFile
        {
            Location = "a/pal.mov",
            FrameRate = 25,
            StartTimecode = "09:59:59:24",
            Width = 72,
            Height = 58,
            PixelAspect = 16.0 / 11,
            Channels = 2,
            SampleRate = 32000,
        });
    }

    [Fact]
    public async Task SoundAloneHasNoPicture()
    {
        string path = await TestFilms.MakeAsync("tone.wav", "-f", "lavfi", "-i", "sine=duration=1");
        FilmFile film = (await MediaProbe.ProbeAsync(path, TestContext.Current.CancellationToken)).ToFilmFile(null);
        (film.HasPicture, film.HasSound, film.FrameRate, film.PixelAspect).ShouldBe((false, true, null, 1));
    }
}
