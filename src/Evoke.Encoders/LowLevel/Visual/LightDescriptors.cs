using System.Runtime.CompilerServices;

namespace Evoke.Encoders.LowLevel.Visual;

/// <summary>How light a frame is, and where.</summary>
internal static class LightDescriptors
{
    private const int DarkBelow = 51; // a fifth of 255
    private const int BrightAbove = 204;

    /// <summary>What <see cref="Compute"/> writes, in its order.</summary>
    public static IReadOnlyList<Descriptor> Table { get; } =
    [
        new("light.mean", "white = 1", 0, 1, "Mean luma (Rec. 709, gamma-coded) over pixels and frames."),
        new("light.contrast", "white = 1", 0, 0.5, "Standard deviation of the luma over the pixels, mean over the frames."),
        new("light.p05", "white = 1", 0, 1, "5th percentile of the luma."),
        new("light.median", "white = 1", 0, 1, "Median of the luma."),
        new("light.p95", "white = 1", 0, 1, "95th percentile of the luma."),
        new("light.dark", "share of pixels", 0, 1, "Pixels darker than a fifth of white: high in low-key pictures."),
        new("light.bright", "share of pixels", 0, 1, "Pixels brighter than four fifths of white: high in high-key pictures."),
        new("light.entropy", "8 bits = 1", 0, 1, "Entropy of the luma's histogram."),
        new("light.centre", "white = 1", -1, 1, "Mean luma of the middle half of width and height, minus that of the rest."),
        new("light.top", "white = 1", -1, 1, "Mean luma of the upper half, minus that of the lower half."),
    ];

    public static void Compute(FramePlanes frame, Span<float> values)
    {
        int[] histogram = frame.LumaHistogram;
        values[0] = frame.MeanLuma;
        values[1] = frame.LumaDeviation;
        values[2] = Percentile(histogram, 0.05);
        values[3] = Percentile(histogram, 0.50);
        values[4] = Percentile(histogram, 0.95);
        values[5] = Share(histogram, 0, DarkBelow);
        values[6] = Share(histogram, BrightAbove + 1, histogram.Length);
        values[7] = Entropy(histogram);
        (values[8], values[9]) = Placement(frame.QuarterLuma);
    }

    // The level below or at which the given share of the pixels lies.
    private static float Percentile(int[] histogram, double share)
    {
        double wanted = share * FramePlanes.Pixels;
        int seen = 0;
        for (int level = 0; level < histogram.Length; level++)
        {
            seen += histogram[level];
            if (seen >= wanted)
            {
                return level / 255f;
            }
        }

        return 1;
    }

    private static float Share(int[] histogram, int from, int to)
    {
        int count = 0;
        for (int level = from; level < to; level++)
        {
            count += histogram[level];
        }

        return (float)count / FramePlanes.Pixels;
    }

    private static float Entropy(int[] histogram)
    {
        double entropy = 0;
        foreach (int count in histogram)
        {
            if (count > 0)
            {
                double p = (double)count / FramePlanes.Pixels;
                entropy -= p * Math.Log2(p);
            }
        }

        return (float)(entropy / 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // otherwise short films end before the code is optimised
    private static (float Centre, float Top) Placement(byte[] luma)
    {
        const int W = FramePlanes.QuarterWidth, H = FramePlanes.QuarterHeight;
        int all = 0, middle = 0, upper = 0;
        for (int y = 0; y < H; y++)
        {
            bool middleRow = y >= H / 4 && y < H * 3 / 4;
            for (int x = 0; x < W; x++)
            {
                int value = luma[(y * W) + x];
                all += value;
                middle += middleRow && x >= W / 4 && x < W * 3 / 4 ? value : 0;
                upper += y < H / 2 ? value : 0;
            }
        }

        const float MiddlePixels = W * H / 4, HalfPixels = W * H / 2;
        float centre = (middle / MiddlePixels) - ((all - middle) / (W * H - MiddlePixels));
        float top = (upper - (all - upper)) / HalfPixels;
        return (centre / 255, top / 255);
    }
}
