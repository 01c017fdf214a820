using Evoke.Encoders.Signal;
using Evoke.Testing;

namespace Evoke.Encoders.Tests.Signal;

/// <summary>
/// Front ends against torchaudio 0.13.1: Golden/frontends.safetensors has what <c>compliance.kaldi.fbank</c> and <c>MelSpectrogram</c> with
/// <c>AmplitudeToDB</c> give, called as AST's, BEATs', PANNs' and CLAP's own code calls them.
/// </summary>
public sealed class LogMelFrontEndTests
{
    private const int Frames = 8;

    [Theory]
    [InlineData("ast")]
    [InlineData("beats")]
    [InlineData("panns")]
    [InlineData("clap")]
    [InlineData("htk")]
    [InlineData("hamming")]
    public void EqualsTorchaudio(string name)
    {
        LogMelOptions options = OptionsOf(name);
        (float[] expected, long[] shape) = GoldenFile.ReadFloats("frontends.safetensors", name);
        shape.ShouldBe([Frames, options.Bands]);

        float[] found = new LogMelSpectrogram(options).Compute(Wave(options.SampleRate, options.SamplesOf(Frames)));

        found.Length.ShouldBe(expected.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            // torchaudio computes in float32: quiet bands beside loud ones differ in their last digits.
            found[i].ShouldBe(expected[i], options.Decibels ? 0.02f : 0.002f, $"frame {i / options.Bands}, band {i % options.Bands}");
        }
    }

    [Fact]
    public void SilenceIsTheFloor()
    {
        LogMelOptions panns = LogMelFrontEnds.OptionsOf(LogMelFrontEnd.Panns);
        new LogMelSpectrogram(panns).Compute(new float[panns.SamplesOf(3)]).ShouldAllBe(x => Math.Abs(x + 100) < 1e-4);
    }

    [Theory]
    [InlineData(nameof(SpectralWindowShape.Hann), new[] { 0, 0.5, 1, 0.5 })]
    [InlineData(nameof(SpectralWindowShape.HannSymmetric), new[] { 0, 0.75, 0.75, 0 })]
    [InlineData(nameof(SpectralWindowShape.Hamming), new[] { 0.08, 0.54, 1, 0.54 })]
    [InlineData(nameof(SpectralWindowShape.HammingSymmetric), new[] { 0.08, 0.77, 0.77, 0.08 })]
    [InlineData(nameof(SpectralWindowShape.Povey), new[] { 0, 0.78307, 0.78307, 0 })]
    [InlineData(nameof(SpectralWindowShape.Rectangular), new[] { 1.0, 1, 1, 1 })]
    public void WindowsHaveTheirShapes(string shape, double[] expected)
    {
        double[] window = SpectralWindow.Of(Enum.Parse<SpectralWindowShape>(shape), 4);
        for (int i = 0; i < 4; i++)
        {
            window[i].ShouldBe(expected[i], 1e-5);
        }
    }

    private static LogMelOptions OptionsOf(string name) => name switch
    {
        "ast" => LogMelFrontEnds.OptionsOf(LogMelFrontEnd.Ast),
        "beats" => LogMelFrontEnds.OptionsOf(LogMelFrontEnd.Beats),
        "panns" => LogMelFrontEnds.OptionsOf(LogMelFrontEnd.Panns),
        "clap" => LogMelFrontEnds.OptionsOf(LogMelFrontEnd.Clap),
        "htk" => LogMelFrontEnds.OptionsOf(LogMelFrontEnd.Clap) with { Scale = MelScale.Htk, AreaNormalised = false },
        _ => LogMelFrontEnds.OptionsOf(LogMelFrontEnd.Ast) with
        {
            Bands = 40,
            LowHz = 0,
            HighHz = 7000,
            Window = SpectralWindowShape.HammingSymmetric,
            PreEmphasis = 0.5,
            RemoveDc = false,
            Power = false,
            Subtract = 0,
            DivideBy = 1,
        },
    };

    // A rising tone, hum, noise and an offset, by the same formula as for the golden numbers.
    private static float[] Wave(int rate, int samples)
    {
        float[] wave = new float[samples];
        for (int i = 0; i < samples; i++)
        {
            double t = (double)i / rate;
            double noise = ((long)i * 7919 % 4001 / 4001.0) - 0.5;
            wave[i] = (float)((0.4 * Math.Sin(2 * Math.PI * (200 + (900 * t)) * t)) + (0.1 * Math.Sin(2 * Math.PI * 50 * t)) + (0.02 * noise) + 0.01);
        }

        return wave;
    }
}
