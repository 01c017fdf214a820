namespace Evoke.Encoders.LowLevel.Visual;

/// <summary>How much there is to see in a frame: edges and texture, by size.</summary>
internal static class DetailDescriptors
{
    private const byte EdgeStep = 24; // of 255, between neighbours

    /// <summary>What <see cref="Compute"/> writes, in its order.</summary>
    public static IReadOnlyList<Descriptor> Table { get; } =
    [
        new("detail.fine", "white = 1", 0, 1, "Mean absolute luma step between neighbouring pixels of the 112 x 64 frame."),
        new("detail.medium", "white = 1", 0, 1, "The same at half size, 56 x 32."),
        new("detail.coarse", "white = 1", 0, 1, "The same at quarter size, 28 x 16."),
        new("detail.edges", "share of pixels", 0, 1, "Steps between neighbouring pixels larger than 24/255."),
        new("detail.orientation", "1", -1, 1, "(steps along rows - steps along columns) / their sum at full size: above 0 where upright lines prevail."),
    ];

    public static void Compute(FramePlanes frame, Span<float> values)
    {
        (float across, float down) = MeanSteps(frame.Luma, FramePlanes.Width, FramePlanes.Height);
        values[0] = (across + down) / 2;
        values[1] = Mean(MeanSteps(frame.HalfLuma, FramePlanes.HalfWidth, FramePlanes.HalfHeight));
        values[2] = Mean(MeanSteps(frame.QuarterLuma, FramePlanes.QuarterWidth, FramePlanes.QuarterHeight));
        values[3] = EdgeShare(frame.Luma);
        values[4] = across + down > 0 ? (across - down) / (across + down) : 0;
    }

    private static float Mean((float Across, float Down) steps) => (steps.Across + steps.Down) / 2;

    private static (float Across, float Down) MeanSteps(ReadOnlySpan<byte> luma, int width, int height)
    {
        int across = 0;
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> row = luma.Slice(y * width, width);
            across += AbsoluteDifferences.Sum(row[1..], row[..^1]);
        }

        int down = AbsoluteDifferences.Sum(luma[width..], luma[..^width]);
        return (across / (255f * (width - 1) * height), down / (255f * width * (height - 1)));
    }

    private static float EdgeShare(ReadOnlySpan<byte> luma)
    {
        const int W = FramePlanes.Width, H = FramePlanes.Height;
        int edges = AbsoluteDifferences.CountAbove(luma[W..], luma[..^W], EdgeStep);
        for (int y = 0; y < H; y++)
        {
            ReadOnlySpan<byte> row = luma.Slice(y * W, W);
            edges += AbsoluteDifferences.CountAbove(row[1..], row[..^1], EdgeStep);
        }

        return (float)edges / (((W - 1) * H) + (W * (H - 1)));
    }
}
