using Evoke.Testing;

namespace Evoke.Media.Tests;

/// <summary>
/// Films that went wrong for users, each of a kind that <see cref="PictureEndTests"/> makes anew. All are made from one film: 8 s, black, white and a beep
/// from 3 s to 4 s; rows are those at 6 Hz.
/// </summary>
public sealed class OddFileTests
{
    [Fact]
    public async Task TwoRecordingsThatWereJoined()
    {
        ReadFilm film = await ReadAsync("ts_jump100.ts");
        film.Frames.Count.ShouldBe(96);
        film.Summary.Seconds.ShouldBe(16, 1e-3);
        WhiteFrom(film).ShouldBe([3, 11]);
        BeepsFrom(film).ShouldBe([3, 11]);
        film.Summary.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task ARecordingThatBeginsBetweenKeyFrames()
    {
        ReadFilm film = await ReadAsync("midgop.ts");
        film.Frames.Count.ShouldBe(42);
        film.Summary.PictureSeconds!.Value.ShouldBe(7, 1e-3);
        film.Summary.Warnings.ShouldNotContain(w => w.Contains("ends early") || w.Contains("cut off"));
        film.Frames.TakeLast(12).Select(Convert.ToHexString).Distinct().Count().ShouldBe(12);
    }

    [Theory]
    [InlineData("d_last10.gif", 10.3, 62)]
    [InlineData("vfr_b2.mp4", 8.04, 49)]
    public async Task TheLastPictureLastsAsLongAsItsFileSays(string name, double seconds, int rows)
    {
        ReadFilm film = await ReadAsync(name);
        film.Frames.Count.ShouldBe(rows);
        film.Summary.PictureSeconds!.Value.ShouldBe(seconds, 2e-3);
        film.Summary.Warnings.ShouldBe(["the file has no sound"]);
    }

    [Fact]
    public async Task ADurationTagThatIsAnEnd()
    {
        ReadFilm film = await ReadAsync("op25.webm");
        film.Frames.Count.ShouldBe(48);
        film.Summary.Seconds.ShouldBe(8, 1e-2);
        film.Summary.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task APictureThatStartsLateDoesNotEndEarly()
    {
        ReadFilm film = await ReadAsync("vlate3.mkv");
        film.Frames.Count.ShouldBe(48);
        film.Summary.Warnings.ShouldNotContain(w => w.Contains("ends early") || w.Contains("cut off"));
    }

    /// <summary>
    /// Two parts of 200 pictures of 40 ms each, and of 376 packets of sound of 21.3 ms: in each, the sound begins 21.3 ms before the picture and ends with it.
    /// The second part's clock begins before the first ends: by 80 ms in the picture and 101.3 ms in the sound. Played one after the other, sound and picture
    /// together, the second picture therefore begins at 8.0213 s and ends at 16.0213 s; row 66, at 11 s, is still black.
    /// </summary>
    [Fact]
    public async Task AnInterlacedPictureThatChangesItsSize()
    {
        ReadFilm film = await ReadAsync("inter264.ts");
        film.Summary.PictureSeconds!.Value.ShouldBe(16.0213, 1e-3);
        film.Frames.Count.ShouldBe(97);
        BeepsFrom(film).ShouldBe([3, 11]);
        WhiteFrom(film).ShouldBe([3, 67 / 6.0]);
    }

    [Fact]
    public async Task SoundThatStartsAfterHalfAMinute()
    {
        ReadFilm film = await ReadAsync("alate30_ts.ts");
        film.Sound.Take(29 * 16000).Max(Math.Abs).ShouldBeLessThan(0.01f);
        film.Sound.Skip(30 * 16000).Max(Math.Abs).ShouldBeGreaterThan(0.1f);
        film.Summary.Warnings.ShouldNotContain(w => w.Contains("cannot decode"));
    }

    [Fact]
    public async Task OnePictureUnderALongSound()
    {
        ReadFilm film = await ReadAsync("still1.mkv");
        film.Frames.Count.ShouldBe(120);
        film.Frames.ShouldAllBe(frame => frame.SequenceEqual(film.Frames[0]));
    }

    [Fact]
    public async Task AnEncryptedFilm()
    {
        string path = Find("cenc.mp4");
        MediaEncryptedException error = await Should.ThrowAsync<MediaEncryptedException>(() => ReadFilm.ReadAsync(path, rate: 6));
        error.Message.ShouldContain("encrypted");
    }

    private static Task<ReadFilm> ReadAsync(string name) => ReadFilm.ReadAsync(Find(name), rate: 6);

    private static string Find(string name)
    {
        string? path = SourceTree.Shared is { } shared ? Path.Combine(shared, "odd-files", name) : null;
        Assert.SkipUnless(File.Exists(path), $"shared/odd-files/{name} does not lie beside the checkout.");
        return path!;
    }

    private static double[] WhiteFrom(ReadFilm film) =>
        [.. Enumerable.Range(1, film.Frames.Count - 1).Where(i => film.Brightness(i) > 128 && film.Brightness(i - 1) <= 128).Select(i => i / 6.0)];

    // In half seconds.
    private static double[] BeepsFrom(ReadFilm film)
    {
        const int half = 8000;
        bool[] loud = [.. film.Sound.Chunk(half).Select(part => part.Average(Math.Abs) > 0.05)];
        return [.. Enumerable.Range(1, loud.Length - 1).Where(i => loud[i] && !loud[i - 1]).Select(i => i / 2.0)];
    }
}
