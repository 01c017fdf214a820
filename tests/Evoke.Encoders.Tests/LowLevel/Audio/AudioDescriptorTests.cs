using CsCheck;
using Evoke.Encoders.LowLevel;
using Evoke.Encoders.LowLevel.Audio;

namespace Evoke.Encoders.Tests.LowLevel.Audio;

public sealed class AudioDescriptorTests
{
    [Theory]
    [InlineData(65)]
    [InlineData(110)]
    [InlineData(160)]
    [InlineData(233)]
    [InlineData(440)]
    [InlineData(700)]
    [InlineData(987)]
    public void AToneHasItsPitch(double hz)
    {
        Sounds.Rows rows = Sounds.Encode(1, Sounds.Tone(hz, 2));
        rows[1, "pitch.mean"].ShouldBe((float)Math.Log2(hz / 160), 0.01f);
        rows[1, "pitch.deviation"].ShouldBeLessThan(0.01f);
        rows[1, "pitch.voiced"].ShouldBe(1);
        rows[1, "pitch.strength"].ShouldBeGreaterThan(0.98f);
    }

    [Theory]
    [InlineData(90, 1)]
    [InlineData(150, 1)]
    [InlineData(300, 1)]
    [InlineData(150, 2)]
    public void HarmonicsHaveThePitchOfTheirFundamentalEvenIfThatIsMissing(double hz, int first)
        => Sounds.Encode(1, Sounds.Harmonics(hz, 1, first))[0, "pitch.mean"].ShouldBe((float)Math.Log2(hz / 160), 0.02f);

    [Fact]
    public void APitchIsFoundThroughNoise()
    {
        float[] tone = Sounds.Harmonics(200, 1);
        float[] noise = Sounds.Noise(1, 0.1);
        float[] mixed = [.. tone.Zip(noise, (a, b) => a + b)];
        Sounds.Rows rows = Sounds.Encode(1, mixed);
        rows[0, "pitch.mean"].ShouldBe((float)Math.Log2(200 / 160.0), 0.03f);
        rows[0, "pitch.voiced"].ShouldBeGreaterThan(0.9f);
    }

    [Fact]
    public void NoiseHasNoPitch()
    {
        Sounds.Rows rows = Sounds.Encode(1, Sounds.Noise(2));
        rows[1, "pitch.voiced"].ShouldBe(0);
        rows[1, "pitch.mean"].ShouldBe(0);
        rows[1, "pitch.strength"].ShouldBeLessThan(0.5f);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.1)]
    [InlineData(0.001)]
    public void LevelIsTheRootMeanSquare(double amplitude)
    {
        Sounds.Rows rows = Sounds.Encode(1, Sounds.Tone(1000, 1, amplitude));
        double decibels = 20 * Math.Log10(amplitude / Math.Sqrt(2));
        rows[0, "loudness.rms"].ShouldBe((float)(decibels + 100) / 100, 1e-4f);
        rows[0, "loudness.weighted"].ShouldBe((float)(decibels + 100) / 100, 1e-3f); // A-weighting is 0 dB at 1 kHz
        rows[0, "loudness.peak"].ShouldBe((float)amplitude, 1e-6f);
        rows[0, "loudness.deviation"].ShouldBeLessThan(1e-3f);
    }

    [Theory]
    [InlineData(125, -16.1)]
    [InlineData(250, -8.6)]
    [InlineData(500, -3.2)]
    [InlineData(2000, 1.2)]
    [InlineData(4000, 1.0)]
    public void AWeightingIsTheStandards(double hz, double decibels)
    {
        Sounds.Rows rows = Sounds.Encode(1, Sounds.Tone(hz, 1));
        (100 * (rows[0, "loudness.weighted"] - rows[0, "loudness.rms"])).ShouldBe((float)decibels, 0.3f);
    }

    [Fact]
    public void TenDecibelsMoreSoundTwiceAsLoud()
    {
        double gain = Math.Pow(10, 0.5);
        float quiet = Sounds.Encode(1, Sounds.Tone(1000, 1, 0.1))[0, "loudness.perceived"];
        float loud = Sounds.Encode(1, Sounds.Tone(1000, 1, 0.1 * gain))[0, "loudness.perceived"];
        (loud / quiet).ShouldBe(2, 0.01f);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(1000)]
    [InlineData(3000)]
    public void ATonesSpectrumIsItsFrequency(double hz)
    {
        Sounds.Rows rows = Sounds.Encode(1, Sounds.Tone(hz, 1));
        float expected = (float)(hz / 8000);
        rows[0, "spectrum.centroid"].ShouldBe(expected, 0.002f);
        rows[0, "spectrum.rolloff"].ShouldBe(expected, 0.008f);
        rows[0, "spectrum.flatness"].ShouldBeLessThan(0.01f);
        rows[0, "zerocrossing.rate"].ShouldBe((float)(2 * hz / 16_000), 0.005f);
    }

    [Fact]
    public void WhiteNoiseIsFlat()
    {
        Sounds.Rows rows = Sounds.Encode(1, Sounds.Noise(1));
        rows[0, "spectrum.flatness"].ShouldBe(0.5615f, 0.03f); // exp(-Euler's constant): power of noise is exponentially distributed
        rows[0, "spectrum.centroid"].ShouldBe(0.5f, 0.02f);
        rows[0, "spectrum.spread"].ShouldBe((float)(1 / Math.Sqrt(12)), 0.02f);
        rows[0, "spectrum.low"].ShouldBe(250 / 8000f, 0.015f);
        rows[0, "spectrum.middle"].ShouldBe(1750 / 8000f, 0.03f);
        rows[0, "onset.rate"].ShouldBe(0);
    }

    [Fact]
    public void CentroidAndFlatnessEqualTheirDefinition()
    {
        // 512 samples are one frame.
        float[] samples = [.. Sounds.Noise(512 / 16_000.0, 0.3).Zip(Sounds.Harmonics(300, 512 / 16_000.0), (a, b) => a + b)];
        samples.Length.ShouldBe(512);
        double[] power = Power(samples);
        double centroid = power.Select((p, bin) => p * bin / 256).Sum() / power.Sum();
        double[] flat = power[4..];
        double flatness = Math.Exp(flat.Average(Math.Log)) / flat.Average();

        Sounds.Rows rows = Sounds.Encode(31.25, samples);
        rows[0, "spectrum.centroid"].ShouldBe((float)centroid, 1e-5f);
        rows[0, "spectrum.flatness"].ShouldBe((float)flatness, 1e-5f);

        static double[] Power(float[] samples)
        {
            double[] power = new double[257];
            for (int k = 1; k < power.Length; k++)
            {
                double re = 0, im = 0;
                for (int n = 0; n < 512; n++)
                {
                    double windowed = samples[n] * (0.5 - (0.5 * Math.Cos(2 * Math.PI * n / 512)));
                    re += windowed * Math.Cos(2 * Math.PI * k * n / 512);
                    im -= windowed * Math.Sin(2 * Math.PI * k * n / 512);
                }

                power[k] = (re * re) + (im * im);
            }

            return power;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void OnsetsAreCounted(int perSecond)
    {
        double period = 1.0 / perSecond;
        float[] beats = Sounds.Make(
            4, t => t % period is var p && p > period / 2 ? 0.5 * Math.Exp(-80 * (p - (period / 2))) * Math.Sin(2 * Math.PI * 440 * t) : 0);
        Sounds.Encode(1, beats).Column("onset.rate").ShouldAllBe(rate => rate == perSecond);
    }

    [Fact]
    public void ABeepIsHeardInItsStepAndInNoOther()
    {
        float[] film = [.. Sounds.Silence(3), .. Sounds.Tone(880, 1), .. Sounds.Silence(3)];
        Sounds.Rows rows = Sounds.Encode(1, film);
        Sounds.Rows silence = Sounds.Encode(1, Sounds.Silence(7));
        int width = AudioLowLevelEncoder.Descriptors.Count;
        rows.Values[..(3 * width)].ShouldBe(silence.Values[..(3 * width)]);
        rows.Values[(5 * width)..].ShouldBe(silence.Values[(5 * width)..]);
        rows.Column("onset.rate").ShouldBe([0f, 0, 0, 1, 0, 0, 0]);
        rows.Column("loudness.change")[4].ShouldBeLessThan(-0.5f); // the step after reflects only that it got quieter
        rows[4, "loudness.rms"].ShouldBe(0, 1e-6f);
    }

    [Fact]
    public void SilenceGivesFiniteNumbersAndNoSpectrum()
    {
        Sounds.Rows rows = Sounds.Encode(1, Sounds.Silence(2));
        rows.Values.ShouldAllBe(value => float.IsFinite(value));
        rows[1, "loudness.silence"].ShouldBe(1);
        string[] constant =
        [
            "loudness.rms", "loudness.weighted", "loudness.change", "spectrum.centroid", "spectrum.flatness", "pitch.mean", "pitch.strength", "onset.rate",
            "mel.03",
        ];
        foreach (string name in constant)
        {
            rows[1, name].ShouldBe(0, 1e-4f, name);
        }
    }

    [Fact]
    public void AToneIsLoudestInItsMelBand()
    {
        Sounds.Rows rows = Sounds.Encode(1, Sounds.Tone(1000, 1));
        float[] bands = [.. Enumerable.Range(0, 16).Select(band => rows[0, FormattableString.Invariant($"mel.{band:00}")])];
        double low = 1127 * Math.Log(1 + (60 / 700.0));
        double step = ((1127 * Math.Log(1 + (8000 / 700.0))) - low) / 17;
        double position = (((1127 * Math.Log(1 + (1000 / 700.0))) - low) / step) - 1;
        ((double)Array.IndexOf(bands, bands.Max())).ShouldBe(position, 0.6);
    }

    [Fact]
    public void DamagedSamplesAreMended()
    {
        float[] samples = Sounds.Tone(300, 1);
        samples[100] = float.NaN;
        samples[200] = float.NegativeInfinity;
        samples[300] = 1e30f;
        Sounds.Rows rows = Sounds.Encode(1, samples);
        rows.Values.ShouldAllBe(value => float.IsFinite(value));
        rows[0, "loudness.peak"].ShouldBe(4);
    }

    [Fact]
    public void AllNumbersStayWithinTheirDocumentedRange()
    {
        Gen<double> rates = Gen.OneOf(Gen.Const(0.7), Gen.Const(1.0), Gen.Const(6.0), Gen.Const(40.0));
        Gen.Select(Gen.Int[0, 1000], Gen.Double[0, 4], Gen.Double[20, 7900], rates).Sample(
            (seed, loudness, hz, rate) =>
            {
                float[] noise = Sounds.Noise(1.3, loudness, FormattableString.Invariant($"range{seed}"));
                float[] sound = [.. Sounds.Tone(hz, 1.3, 1).Zip(noise, (a, b) => (seed % 3) switch { 0 => a * b, 1 => a, _ => b })];
                Sounds.Rows rows = Sounds.Encode(rate, Sounds.Silence(0.4), sound);
                for (int i = 0; i < rows.Values.Length; i++)
                {
                    Descriptor d = AudioLowLevelEncoder.Descriptors[i % AudioLowLevelEncoder.Descriptors.Count];
                    rows.Values[i].ShouldBeInRange((float)d.Minimum - 1e-5f, (float)d.Maximum + 1e-5f, d.Name);
                }
            }, iter: 40);
    }
}
