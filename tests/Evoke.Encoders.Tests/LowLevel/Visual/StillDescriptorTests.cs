using CsCheck;
using Evoke.Encoders.LowLevel;
using Evoke.Encoders.LowLevel.Visual;

namespace Evoke.Encoders.Tests.LowLevel.Visual;

public sealed class StillDescriptorTests
{
    private const double LevelStep = 1 / 255.0;

    [Theory]
    [InlineData(0)]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void PlainGreyHasItsLightAndNoColourOrDetail(double level)
    {
        Pictures.Rows rows = Pictures.Encode(1, Enumerable.Repeat(Pictures.Plain(level, level, level), 6));
        foreach (string name in new[] { "light.mean", "light.p05", "light.median", "light.p95" })
        {
            rows[0, name].ShouldBe((float)level, (float)LevelStep, name);
        }

        string[] constant =
        [
            "light.contrast", "light.entropy", "light.centre", "light.top", "colour.saturation", "colour.chroma", "colour.colourfulness", "colour.warmth",
            "detail.fine", "detail.edges",
        ];
        foreach (string name in constant)
        {
            rows[0, name].ShouldBe(0, 1e-6f, name);
        }
    }

    [Theory]
    [InlineData(1, 0, 0, "colour.hue.000", 0.866)]
    [InlineData(1, 0.5, 0, "colour.hue.030", 1)]
    [InlineData(1, 1, 0, "colour.hue.060", 0.866)]
    [InlineData(0, 1, 0, "colour.hue.120", 0)]
    [InlineData(0, 0.5, 1, "colour.hue.210", -1)]
    [InlineData(0, 0, 1, "colour.hue.240", -0.866)]
    [InlineData(1, 0, 0.5, "colour.hue.330", 0.5)]
    public void PureColoursFallIntoTheirHueBin(double r, double g, double b, string bin, double warmth)
    {
        Pictures.Rows rows = Pictures.Encode(1, [Pictures.Plain(r, g, b)]);
        rows[0, "colour.saturation"].ShouldBe(1, 1e-5f);
        rows[0, "colour.chroma"].ShouldBe(1, 1e-5f);
        rows[0, "colour.chroma.deviation"].ShouldBe(0, 1e-3f);
        rows[0, bin].ShouldBe(1 / 1.01f, 0.005f);
        rows[0, "colour.concentration"].ShouldBe(1 / 1.01f, 0.005f);
        rows[0, "colour.warmth"].ShouldBe((float)warmth, 0.015f);
    }

    [Fact]
    public void LightEqualsItsDefinition()
    {
        byte[] frame = Pictures.Texture("light").Frame();
        Pictures.Rows rows = Pictures.EncodeFrames(1, [frame]);
        double[] luma = [.. frame.Chunk(3).Select(p => ((0.2126 * p[0]) + (0.7152 * p[1]) + (0.0722 * p[2])) / 255)];
        double mean = luma.Average();
        double[] sorted = [.. luma.Order()];

        rows[0, "light.mean"].ShouldBe((float)mean, 0.003f);
        rows[0, "light.contrast"].ShouldBe((float)Math.Sqrt(luma.Average(y => (y - mean) * (y - mean))), 0.003f);
        rows[0, "light.p05"].ShouldBe((float)sorted[luma.Length / 20], 0.008f);
        rows[0, "light.median"].ShouldBe((float)sorted[luma.Length / 2], 0.008f);
        rows[0, "light.p95"].ShouldBe((float)sorted[luma.Length * 19 / 20], 0.008f);
    }

    [Fact]
    public void ColourfulnessEqualsItsDefinition()
    {
        // Constant over 2 x 2 pixels, so that the half-size picture holds the same colours.
        Picture texture = Pictures.Texture("colour");
        byte[] frame = new Picture((x, y) => texture(Math.Floor(x / 2) * 2, Math.Floor(y / 2) * 2)).Frame();
        double[] redGreen = [.. frame.Chunk(3).Select(p => (p[0] - p[1]) / 255.0)];
        double[] yellowBlue = [.. frame.Chunk(3).Select(p => (((p[0] + p[1]) / 2.0) - p[2]) / 255.0)];
        double deviation = Math.Sqrt(Variance(redGreen) + Variance(yellowBlue));
        double mean = Math.Sqrt(Math.Pow(redGreen.Average(), 2) + Math.Pow(yellowBlue.Average(), 2));

        Pictures.EncodeFrames(1, [frame])[0, "colour.colourfulness"].ShouldBe((float)(deviation + (0.3 * mean)), 1e-4f);

        static double Variance(double[] values) => values.Average(v => v * v) - Math.Pow(values.Average(), 2);
    }

    [Fact]
    public void UprightLinesAndLyingLinesAreToldApart()
    {
        Picture upright = (x, _) => Grey(x % 8 < 4 ? 1 : 0);
        Picture lying = (_, y) => Grey(y % 8 < 4 ? 1 : 0);
        Pictures.Encode(1, [upright])[0, "detail.orientation"].ShouldBe(1, 1e-6f);
        Pictures.Encode(1, [lying])[0, "detail.orientation"].ShouldBe(-1, 1e-6f);
        Pictures.Encode(1, [upright])[0, "detail.edges"].ShouldBe(27 * 64 / (float)((111 * 64) + (112 * 63)), 1e-5f);

        static (double R, double G, double B) Grey(double level) => (level, level, level);
    }

    [Fact]
    public void FinerTexturesHaveMoreFineDetail()
    {
        Pictures.Rows fine = Pictures.Encode(1, [Pictures.Texture("detail", 2)]);
        Pictures.Rows coarse = Pictures.Encode(1, [Pictures.Texture("detail", 16)]);
        fine[0, "detail.fine"].ShouldBeGreaterThan(3 * coarse[0, "detail.fine"]);
    }

    [Fact]
    public void LightAboveAndAmidIsPlaced()
    {
        Pictures.Encode(1, [(_, y) => y < 32 ? (1, 1, 1) : (0, 0, 0)])[0, "light.top"].ShouldBe(1, 0.01f);
        Pictures.Encode(1, [(x, y) => x is >= 28 and < 84 && y is >= 16 and < 48 ? (1, 1, 1) : (0, 0, 0)])[0, "light.centre"].ShouldBe(1, 0.01f);
    }

    [Fact]
    public void AllNumbersStayWithinTheirDocumentedRange()
    {
        Gen<double> rates = Gen.OneOf(Gen.Const(0.5), Gen.Const(1.0), Gen.Const(6.0), Gen.Const(10.0));
        Gen.Select(Gen.Int[0, 1000], Gen.Double[0, 4], Gen.Double[-1, 1], Gen.Int[1, 14], rates).Sample(
            (seed, gain, offset, frames, rate) =>
            {
                IEnumerable<Picture> film = Enumerable.Range(0, frames)
                    .Select(
                        i => Pictures.Texture(FormattableString.Invariant($"range{seed}{i / 3}"), 1 + (seed % 7)).Lit(gain, offset).Moved(i * seed % 11, i));
                Pictures.Rows rows = Pictures.Encode(rate, film);
                for (int i = 0; i < rows.Values.Length; i++)
                {
                    Descriptor d = VisualLowLevelEncoder.Descriptors[i % VisualLowLevelEncoder.Descriptors.Count];
                    rows.Values[i].ShouldBeInRange((float)d.Minimum - 1e-5f, (float)d.Maximum + 1e-5f, d.Name);
                }
            }, iter: 60);
    }
}
