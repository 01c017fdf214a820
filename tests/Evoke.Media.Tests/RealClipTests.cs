using System.Diagnostics;

namespace Evoke.Media.Tests;

/// <summary>Clips made by people, of three containers and five codecs; and a film so long that anything that grows is seen.</summary>
public sealed class RealClipTests
{
    [Theory]
    [InlineData("bbb_480p_30s.mp4", 30.0, 180, 30)]
    [InlineData("sintel_trailer_52s.ogv", 52.17, 313, 53)]
    [InlineData("tears_of_steel_battle_70s.webm", 70.46, 423, 71)]
    public async Task RowCountsFollowTheDuration(string name, double seconds, int atSix, int atOne)
    {
        string? folder = SharedVideos();
        if (folder is null)
        {
            Assert.Skip($"{name} is not beside the repository (shared/videos).");
        }

        string path = Path.Combine(folder, name);
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

    [Fact]
    public async Task MemoryStaysFlatOverThreeHours()
    {
        string path = await TestFilms.MakeAsync(
            "threehours.mp4",
            "-f", "lavfi", "-i", "testsrc2=size=320x180:rate=1:duration=10800", "-f", "lavfi", "-i", "sine=sample_rate=8000:duration=10800",
            "-c:v", "libx264", "-preset", "ultrafast", "-g", "300", "-c:a", "aac", "-b:a", "16k");
        MediaReadOptions options = new() { Frames = new FrameSpec { Width = 224, Height = 224, Rate = 1 }, Waveform = true };
        await using MediaReader reader = await MediaReader.OpenAsync(path, options, TestContext.Current.CancellationToken);
        int frames = 0;
        long samples = 0;
        long early = 0;
        long most = 0;
        await foreach (MediaChunk chunk in reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            frames += chunk is FrameChunk ? 1 : 0;
            samples += chunk is WaveformChunk stretch ? stretch.Samples.Length : 0;
            if (chunk is FrameChunk && frames % 600 == 0)
            {
                long now = GC.GetTotalMemory(forceFullCollection: true) + DecoderMemory();
                early = frames == 1200 ? now : early;
                most = Math.Max(most, now);
            }
        }

        frames.ShouldBe(10800);
        ((double)samples).ShouldBe(10800.0 * 16000, 4000);
        most.ShouldBeLessThan(early + (48 << 20), $"bytes after 20 minutes: {early}");
    }

    private static long DecoderMemory()
    {
        long sum = 0;
        foreach (Process process in Process.GetProcessesByName("ffmpeg"))
        {
            using (process)
            {
                string stat = File.Exists($"/proc/{process.Id}/status") ? File.ReadAllText($"/proc/{process.Id}/status") : "";
                string arguments = stat.Length == 0 ? "" : File.ReadAllText($"/proc/{process.Id}/cmdline");
                sum += arguments.Contains("threehours.mp4", StringComparison.Ordinal) ? process.WorkingSet64 : 0;
            }
        }

        return sum;
    }

    private static string? SharedVideos()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            foreach (string candidate in new[] { Path.Combine(folder.FullName, "shared", "videos"), Path.Combine(folder.FullName, "..", "shared", "videos") })
            {
                if (Directory.Exists(candidate))
                {
                    return candidate;
                }
            }
        }

        return null;
    }
}
