using Evoke.Encoders.Signal;
using Evoke.Testing;

namespace Evoke.Encoders.Tests.Signal;

public sealed class LogMelSpectrogramTests
{
    [Fact]
    public void EqualsTheFrontEndOfVggish()
    {
        (float[] waveform, _) = GoldenFile.ReadFloats("vggish.safetensors", "waveform");
        (float[] expected, long[] shape) = GoldenFile.ReadFloats("vggish.safetensors", "log_mel");
        shape.ShouldBe([4, 96, 64]);

        float[] found = new LogMelSpectrogram(new LogMelOptions()).Compute(waveform);

        found.Length.ShouldBe(398 * 64);
        float tolerance = 1e-5f * expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
        {
            found[i].ShouldBe(expected[i], tolerance, $"frame {i / 64}, band {i % 64}");
        }
    }

    [Fact]
    public void SilenceIsTheLogarithmOfTheOffset()
    {
        float[] found = new LogMelSpectrogram(new LogMelOptions()).Compute(new float[15_600]);
        found.Length.ShouldBe(96 * 64);
        found.ShouldAllBe(x => Math.Abs(x - MathF.Log(0.01f)) < 1e-6f);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(399, 0)]
    [InlineData(400, 1)]
    [InlineData(559, 1)]
    [InlineData(560, 2)]
    [InlineData(15_600, 96)]
    public void OnlyWholeWindowsMakeFrames(int samples, int frames)
        => new LogMelSpectrogram(new LogMelOptions()).FrameCount(samples).ShouldBe(frames);

    [Theory]
    [InlineData(440)]
    [InlineData(1000)]
    [InlineData(4000)]
    public void AToneIsLoudestInTheBandAroundIt(double hz)
    {
        float[] tone = new float[400];
        for (int n = 0; n < tone.Length; n++)
        {
            tone[n] = (float)Math.Sin(2 * Math.PI * hz * n / 16_000);
        }

        float[] bands = new float[64];
        new LogMelSpectrogram(new LogMelOptions()).ComputeFrame(tone, bands);

        double low = MelFilterbank.MelFromHz(125);
        double step = (MelFilterbank.MelFromHz(7500) - low) / 65;
        double expected = ((MelFilterbank.MelFromHz(hz) - low) / step) - 1; // band b peaks at edge b + 1
        double loudest = Array.IndexOf(bands, bands.Max());
        loudest.ShouldBe(expected, 1.0);
    }
}
