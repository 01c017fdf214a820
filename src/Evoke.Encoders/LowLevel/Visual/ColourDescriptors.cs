using System.Runtime.CompilerServices;

namespace Evoke.Encoders.LowLevel.Visual;

/// <summary>Which colours a frame has, and how strong they are.</summary>
internal static class ColourDescriptors
{
    private const int HueBins = 12;
    private const int FirstHueBin = 8;

    // Hues of nearly grey pixels are noise: this much chroma of no hue is put beside them.
    private const float GreyChroma = 0.01f;

    // Saturation of nearly black pixels is noise: the value is clamped to at least this.
    private const float LeastValue = 1 / 16f;

    /// <summary>What <see cref="Compute"/> writes, in its order.</summary>
    public static IReadOnlyList<Descriptor> Table { get; } =
    [
        new("colour.saturation", "1", 0, 1, "Mean HSV saturation: (max - min) / max of R, G, B, with max at least 1/16."),
        new("colour.chroma", "pure colour = 1", 0, 1, "Mean chroma: max - min of R, G, B."),
        new("colour.chroma.deviation", "pure colour = 1", 0, 0.5, "Standard deviation of the chroma over the pixels."),
        new("colour.colourfulness", "1", 0, 2, "Hasler and Süsstrunk's M3 (2003) on R, G, B in [0,1]."),
        new("colour.redgreen", "1", -1, 1, "Mean of R - G."),
        new("colour.yellowblue", "1", -1, 1, "Mean of (R + G)/2 - B."),
        new("colour.warmth", "1", -1, 1, "Chroma-weighted mean cosine of the angle between hue and orange (30°): 1 warm, -1 cold, 0 grey or balanced."),
        new("colour.concentration", "1", 0, 1, "Length of the chroma-weighted mean hue vector: 1 for one hue, 0 for grey or balanced."),
        .. Enumerable.Range(0, HueBins).Select(bin => new Descriptor(
            FormattableString.Invariant($"colour.hue.{bin * 30:000}"), "share of chroma", 0, 1,
            FormattableString.Invariant($"Chroma at hues around {bin * 30}°, falling to none 30° away; the twelve sum to at most 1."))),
    ];

    public static void Compute(FramePlanes frame, Span<float> values)
    {
        Span<float> hues = stackalloc float[HueBins + 1];
        hues.Clear();
        Sums sums = Accumulate(frame.HalfRgb, hues);
        const double N = FramePlanes.HalfPixels;

        double chroma = sums.Chroma / N;
        double redGreen = sums.RedGreen / N;
        double yellowBlue = sums.YellowBlue / N;
        double variance = Variance(sums.RedGreenSquares / N, redGreen) + Variance(sums.YellowBlueSquares / N, yellowBlue);
        values[0] = (float)(sums.Saturation / N);
        values[1] = (float)chroma;
        values[2] = (float)Math.Sqrt(Variance(sums.ChromaSquares / N, chroma));
        values[3] = (float)(Math.Sqrt(variance) + (0.3 * Math.Sqrt((redGreen * redGreen) + (yellowBlue * yellowBlue))));
        values[4] = (float)redGreen;
        values[5] = (float)yellowBlue;

        hues[0] += hues[HueBins]; // 360° is 0°
        double weight = 1 / (sums.Chroma + (GreyChroma * N));
        double cos = 0, sin = 0;
        for (int bin = 0; bin < HueBins; bin++)
        {
            double share = hues[bin] * weight;
            (double s, double c) = Math.SinCos(bin * 2 * Math.PI / HueBins);
            cos += share * c;
            sin += share * s;
            values[FirstHueBin + bin] = (float)share;
        }

        values[6] = (float)((cos * Math.Cos(Math.PI / 6)) + (sin * Math.Sin(Math.PI / 6)));
        values[7] = (float)Math.Sqrt((cos * cos) + (sin * sin));
    }

    private static double Variance(double meanOfSquares, double mean) => Math.Max(0, meanOfSquares - (mean * mean));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // otherwise short films end before the code is optimised
    private static Sums Accumulate(ReadOnlySpan<byte> rgb, Span<float> hues)
    {
        Sums sums = default;
        for (int i = 0; i <= rgb.Length - 3; i += 3)
        {
            float r = rgb[i] / 255f, g = rgb[i + 1] / 255f, b = rgb[i + 2] / 255f;
            float value = Math.Max(r, Math.Max(g, b));
            float chroma = value - Math.Min(r, Math.Min(g, b));
            float redGreen = r - g;
            float yellowBlue = (0.5f * (r + g)) - b;
            sums.Saturation += chroma / Math.Max(value, LeastValue);
            sums.Chroma += chroma;
            sums.ChromaSquares += chroma * chroma;
            sums.RedGreen += redGreen;
            sums.RedGreenSquares += redGreen * redGreen;
            sums.YellowBlue += yellowBlue;
            sums.YellowBlueSquares += yellowBlue * yellowBlue;
            if (chroma > 0)
            {
                AddHue(2 * Sextant(r, g, b, value, chroma), chroma, hues);
            }
        }

        return sums;
    }

    // Hue in sixths of a turn: 0 red, 2 green, 4 blue.
    private static float Sextant(float r, float g, float b, float value, float chroma)
    {
        if (value == r)
        {
            float sextant = (g - b) / chroma;
            return sextant < 0 ? sextant + 6 : sextant;
        }

        return value == g ? ((b - r) / chroma) + 2 : ((r - g) / chroma) + 4;
    }

    // Split between the two nearest bins, so that a hue that drifts across a border causes no jump.
    private static void AddHue(float position, float chroma, Span<float> hues)
    {
        int bin = Math.Min((int)position, HueBins - 1);
        float beyond = position - bin;
        hues[bin] += chroma * (1 - beyond);
        hues[bin + 1] += chroma * beyond;
    }

    private record struct Sums(
        double Saturation, double Chroma, double ChromaSquares, double RedGreen, double RedGreenSquares, double YellowBlue, double YellowBlueSquares);
}
