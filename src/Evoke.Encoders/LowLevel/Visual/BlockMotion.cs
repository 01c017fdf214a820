using System.Runtime.CompilerServices;

namespace Evoke.Encoders.LowLevel.Visual;

/// <summary>What moved between two frames, in widths of the frame.</summary>
/// <param name="Activity">Mean length of the motion vectors.</param>
/// <param name="Right">Mean motion to the right.</param>
/// <param name="Down">Mean motion downwards, in widths too.</param>
/// <param name="Expansion">Growth around the centre: the s that makes v = s * (position - centre) fit best; above 0 for a zoom in.</param>
/// <param name="Residual">Mean absolute luma difference (white = 1) that the motion leaves unexplained.</param>
internal readonly record struct MotionField(float Activity, float Right, float Down, float Expansion, float Residual)
{
    /// <summary>Motion of less than this, in widths of the frame, has little direction: rounding and coding noise move a block or two.</summary>
    public const float LeastWithDirection = 1f / 64;

    /// <summary>How far all vectors agree: length of the mean vector over mean length (at least <see cref="LeastWithDirection"/>), in [0,1]; 1 for a pan,
    /// near 0 for next to no motion or motion in all directions.</summary>
    public float Coherence => Math.Min(1, MathF.Sqrt((Right * Right) + (Down * Down)) / MathF.Max(Activity, LeastWithDirection));
}

/// <summary>Full-search block matching: for each of 6 by 3 blocks of 8 by 8 pixels of the half-size luma, where it was in the frame before, to a fraction of
/// a pixel.</summary>
internal static class BlockMotion
{
    /// <summary>The search range of a block, in half-size pixels each way: a seventh of the width.</summary>
    public const int Reach = 8;

    private const int Size = AbsoluteDifferences.BlockSize;
    private const int Width = FramePlanes.HalfWidth;
    private const int Height = FramePlanes.HalfHeight;

    // Sums of 64 absolute differences: up to 1.5 levels per pixel are coding noise, and each pixel of way must earn 4 levels.
    private const int Still = 96;
    private const int CostPerPixel = 4;

    // A vector of more than a pixel must explain at least a quarter of the change; otherwise (flashes, new things, what comes in at the border)
    // the block's motion is unknown, and the other blocks stand for it as long as they are a quarter of all.
    private const float MustExplain = 0.75f;
    private const int LeastKnown = Blocks / 4;
    private const int Blocks = (Width - Size) / Size * ((Height - Size) / Size);

    // Half a block along the border is searched but not matched: what enters there was not visible before.
    private const int Margin = Size / 2;

    /// <summary>Compares two frames by their half-size luma, [32, 56].</summary>
    public static MotionField Estimate(FramePlanes before, FramePlanes now)
    {
        Span<byte> relit = stackalloc byte[Width * Height];
        return LightChange.Undo(before, now, relit) ? Estimate(relit, now.HalfLuma) : Estimate(before.HalfLuma, now.HalfLuma);
    }

    private static unsafe MotionField Estimate(ReadOnlySpan<byte> before, ReadOnlySpan<byte> now)
    {
        double length = 0, right = 0, down = 0, outward = 0, radii = 0;
        long residual = 0;
        int known = 0;
        fixed (byte* from = before[..(Width * Height)], to = now[..(Width * Height)])
        {
            for (int y = Margin; y <= Height - Margin - Size; y += Size)
            {
                for (int x = Margin; x <= Width - Margin - Size; x += Size)
                {
                    (float dx, float dy, int left, bool isKnown) = Match(from, to + (y * Width) + x, x, y);
                    residual += left;
                    if (!isKnown)
                    {
                        continue;
                    }

                    known++;
                    double fromCentreX = x + (Size / 2) - (Width / 2);
                    double fromCentreY = y + (Size / 2) - (Height / 2);
                    length += MathF.Sqrt((dx * dx) + (dy * dy));
                    right += dx;
                    down += dy;
                    outward += (dx * fromCentreX) + (dy * fromCentreY);
                    radii += (fromCentreX * fromCentreX) + (fromCentreY * fromCentreY);
                }
            }
        }

        double perBlock = 1.0 / (Math.Max(known, LeastKnown) * Width);
        return new MotionField(
            (float)(length * perBlock), (float)(right * perBlock), (float)(down * perBlock),
            known >= LeastKnown ? (float)(outward / radii) : 0, residual / (255f * Blocks * Size * Size));
    }

    // The motion of one block from the frame before to now, in half-size pixels, and the sum of differences it leaves.
    private static unsafe (float Dx, float Dy, int Left, bool IsKnown) Match(byte* before, byte* block, int x, int y)
    {
        int standing = Difference(before, block, x, y);
        if (standing <= Still)
        {
            return (0, 0, standing, true);
        }

        (int fromX, int fromY, int best) = Search(before, block, x, y, standing);
        bool far = Math.Abs(fromX - x) > 1 || Math.Abs(fromY - y) > 1;
        if (far && best > MustExplain * standing)
        {
            return (0, 0, standing, false);
        }

        float fractionX = fromX is > 0 and < Width - Size
            ? Fraction(Difference(before, block, fromX - 1, fromY), best, Difference(before, block, fromX + 1, fromY)) : 0;
        float fractionY = fromY is > 0 and < Height - Size
            ? Fraction(Difference(before, block, fromX, fromY - 1), best, Difference(before, block, fromX, fromY + 1)) : 0;
        return (x - fromX - fractionX, y - fromY - fractionY, best, true);
    }

    // Optimised from the first call on: a short film would otherwise spend most of its time in unoptimised code.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe (int FromX, int FromY, int Difference) Search(byte* before, byte* block, int x, int y, int standing)
    {
        (int bestX, int bestY, int best, int bestCost) = (x, y, standing, standing);
        int lastY = Math.Min(y + Reach, Height - Size);
        int lastX = Math.Min(x + Reach, Width - Size);
        for (int fromY = Math.Max(y - Reach, 0); fromY <= lastY; fromY++)
        {
            for (int fromX = Math.Max(x - Reach, 0); fromX <= lastX; fromX++)
            {
                int way = CostPerPixel * (Math.Abs(fromX - x) + Math.Abs(fromY - y));
                int difference = AbsoluteDifferences.SumBlock(before + (fromY * Width) + fromX, block, Width, bestCost - way);
                if (difference + way < bestCost)
                {
                    (bestX, bestY, best, bestCost) = (fromX, fromY, difference, difference + way);
                }
            }
        }

        return (bestX, bestY, best);
    }

    private static unsafe int Difference(byte* before, byte* block, int x, int y)
        => AbsoluteDifferences.SumBlock(before + (y * Width) + x, block, Width, int.MaxValue);

    // Where the parabola through three neighbouring sums has its least value, in [-0.5, 0.5] from the middle one.
    private static float Fraction(int left, int middle, int right)
    {
        int bend = left - (2 * middle) + right;
        return middle > left || middle > right || bend <= 0 ? 0 : Math.Clamp(0.5f * (left - right) / bend, -0.5f, 0.5f);
    }
}
