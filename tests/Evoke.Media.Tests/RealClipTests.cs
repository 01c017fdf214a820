using Evoke.Testing;

namespace Evoke.Media.Tests;

/// <summary>Real recordings in three containers and five codecs.</summary>
public sealed class RealClipTests
{
    [Theory]
    [InlineData("bbb_480p_30s.mp4", 30.0, 180, 30)]
    [InlineData("sintel_trailer_52s.ogv", 52.17, 313, 53)]
    [InlineData("tears_of_steel_battle_70s.webm", 70.46, 423, 71)]
    public async Task RowCountsFollowTheDuration(string name, double seconds, int atSix, int atOne)
    {
        string? path = SourceTree.Clip(name);
        Assert.SkipWhen(path is null, $"shared/videos/{name} does not lie beside the checkout.");
        ReadFilm six = await ReadFilm.ReadAsync(path, rate: 6, width: 112, height: 64);
        six.Summary.Warnings.ShouldBeEmpty();
        six.Summary.PictureSeconds!.Value.ShouldBe(seconds, 0.06);
        six.Frames.Count.ShouldBe(atSix);
        six.Summary.SoundSeconds!.Value.ShouldBe(seconds, 0.15);
        six.Sound.Max(Math.Abs).ShouldBeInRange(0.05f, 1f);
        ReadFilm one = await ReadFilm.ReadAsync(path, rate: 1, width: 112, height: 64);
        one.Frames.Count.ShouldBe(atOne);
        for (int k = 0; k < atOne; k++)
        {
            one.Frames[k].ShouldBe(six.Frames[6 * k]);
        }
    }

    /// <summary>
    /// ffmpeg's Theora decoder races with itself when it has several threads: on a busy machine, a frame now and then showed blocks of another.
    /// </summary>
    [Fact(Explicit = true)] // about a minute of two cores: `./test.sh --full`
    public async Task ABusyMachineReadsTheSameBytes()
    {
        string film = await TestFilms.MakeAsync(
            "racing.ogv", "-f", "lavfi", "-i", "testsrc2=size=854x480:rate=24:duration=3,noise=alls=30:allf=t:all_seed=1", "-c:v", "libtheora", "-q:v", "6");
        Task<ReadFilm>[] readings = [.. Enumerable.Range(0, 16).Select(_ => ReadFilm.ReadAsync(film, rate: 12, width: 112, height: 64))];
        ReadFilm[] films = await Task.WhenAll(readings);
        films[0].Frames.Count.ShouldBe(36);
        films.Count(read => read.Frames.Zip(films[0].Frames).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second))).ShouldBe(films.Length);
    }
}
