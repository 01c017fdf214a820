using CsCheck;
using Evoke.Encoders.Signal;
using Evoke.Testing;

namespace Evoke.Encoders.Tests.Signal;

public sealed class RealFftTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(32)]
    [InlineData(64)]
    [InlineData(512)]
    [InlineData(1024)]
    [InlineData(2048)]
    public void TransformEqualsItsDefinition(int size)
    {
        float[] signal = GoldenTensor.SymmetricUnits("fft", size);
        (double[] re, double[] im) = Definition(signal, size);
        (double[] foundRe, double[] foundIm) = Transform(signal, size);

        double tolerance = 1e-14 * Math.Sqrt(size);
        for (int k = 0; k < re.Length; k++)
        {
            foundRe[k].ShouldBe(re[k], tolerance, $"real part of bin {k}");
            foundIm[k].ShouldBe(im[k], tolerance, $"imaginary part of bin {k}");
        }
    }

    [Fact]
    public void ShortSignalsArePaddedWithZeros()
        => Gen.Int[0, 64].Sample(length =>
        {
            float[] signal = GoldenTensor.SymmetricUnits("short", length);
            float[] padded = [.. signal, .. new float[64 - length]];
            (double[] re, double[] im) = Transform(signal, 64);
            (double[] paddedRe, double[] paddedIm) = Transform(padded, 64);
            return re.SequenceEqual(paddedRe) && im.SequenceEqual(paddedIm);
        });

    [Fact]
    public void PowerKeepsTheEnergyOfTheSignal()
        => Gen.Float[-1f, 1f].Array[256].Sample(signal =>
        {
            RealFft fft = new(256);
            float[] power = new float[fft.Bins];
            fft.Power(signal, [], power);
            double energy = signal.Sum(x => (double)x * x);
            double spectral = (power.Sum(p => 2.0 * p) - power[0] - power[^1]) / 256; // Parseval
            return Math.Abs(energy - spectral) <= 1e-5 * (1 + energy);
        });

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(48)]
    public void OtherSizesAreRefused(int size) => Should.Throw<ArgumentOutOfRangeException>(() => new RealFft(size));

    [Fact]
    public void LongerSignalsAreRefused()
        => Should.Throw<ArgumentException>(() => Transform(new float[65], 64)).Message.ShouldContain("64");

    private static (double[] Re, double[] Im) Transform(float[] signal, int size)
    {
        RealFft fft = new(size);
        double[] re = new double[fft.Bins];
        double[] im = new double[fft.Bins];
        fft.Forward(signal, re, im);
        return (re, im);
    }

    private static (double[] Re, double[] Im) Definition(float[] signal, int size)
    {
        double[] re = new double[(size / 2) + 1];
        double[] im = new double[(size / 2) + 1];
        for (int k = 0; k < re.Length; k++)
        {
            for (int n = 0; n < size; n++)
            {
                (double sin, double cos) = Math.SinCos(-2 * Math.PI * ((long)k * n % size) / size);
                re[k] += signal[n] * cos;
                im[k] += signal[n] * sin;
            }
        }

        return (re, im);
    }
}
