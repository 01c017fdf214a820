using System.Diagnostics;
using Evoke.Media.Reading;
using Evoke.Testing;

namespace Evoke.Media.Tests;

/// <summary>A film long enough to show any growth in memory. Nothing else runs meanwhile, since it would be counted too.</summary>
[Collection("alone")]
[CollectionDefinition("alone", DisableParallelization = true)]
public sealed class LongFilmTests
{
    [Fact(Explicit = true)] // about a minute of two cores: `./test.sh --full`
    public async Task MemoryStaysFlatOverThreeHours()
    {
        string path = await TestFilms.MakeAsync(
            "threehours.mp4",
            "-f", "lavfi", "-i", "testsrc2=size=160x90:rate=1:duration=10800", "-f", "lavfi", "-i", "sine=sample_rate=8000:duration=10800",
            "-c:v", "libx264", "-preset", "ultrafast", "-g", "300", "-c:a", "aac", "-b:a", "16k");
        MediaReadOptions options = new() { Frames = new FrameSpec { Width = 112, Height = 112, Rate = 1 }, Waveform = true };
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
        most.ShouldBeLessThan(early + (24 << 20), $"bytes after 20 minutes: {early}");
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
}
