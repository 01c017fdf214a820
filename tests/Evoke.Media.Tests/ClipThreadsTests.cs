using Evoke.Media.Ffmpeg;
using Evoke.Media.Reading;
using Evoke.Testing;

namespace Evoke.Media.Tests;

/// <summary>Where many files are read at once, short ones are decoded by few threads each; what comes out is the same.</summary>
public sealed class ClipThreadsTests
{
    [Theory]
    [InlineData(3, true)]
    [InlineData(120, true)]
    [InlineData(121, false)]
    public async Task OnlyShortFilesAreDecodedByThem(int seconds, bool isClip)
    {
        string path = await TestFilms.MakeAsync(
            $"threads{seconds}.mp4", "-f", "lavfi", "-i", $"testsrc=size=64x48:rate=2:duration={seconds}", "-f", "lavfi", "-i", $"sine=duration={seconds}",
            "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac");
        using TemporaryFolder folder = new();
        string calls = folder.File("calls");
        FfmpegPrograms programs = new() { Ffmpeg = TroubleTests.Script("threads", $"echo \"$@\" >> '{calls}'; exec ffmpeg \"$@\"") };
        MediaReadOptions options = new() { Frames = new FrameSpec { Width = 32, Height = 24, Rate = 6 }, Waveform = true };

        ReadFilm alone = await ReadFilm.ReadAsync(path, options);
        ReadFilm shared = await ReadFilm.ReadAsync(path, options with { ClipThreads = 1, Programs = programs });

        (await File.ReadAllTextAsync(calls, TestContext.Current.CancellationToken)).Contains(" -threads 1 ").ShouldBe(isClip);
        shared.Frames.Count.ShouldBe(6 * seconds);
        shared.Frames.ShouldBe(alone.Frames);
        shared.Sound.ShouldBe(alone.Sound);
    }
}
