using System.Runtime.CompilerServices;

namespace Evoke.Encoders.LowLevel.Visual;

/// <summary>The parts of one frame that all descriptors share: luma at three sizes, colour at half size, a histogram of the luma.</summary>
internal sealed class FramePlanes
{
    public const int Width = 112;
    public const int Height = 64;
    public const int Pixels = Width * Height;
    public const int HalfWidth = Width / 2;
    public const int HalfHeight = Height / 2;
    public const int HalfPixels = HalfWidth * HalfHeight;
    public const int QuarterWidth = Width / 4;
    public const int QuarterHeight = Height / 4;

    /// <summary>Rec. 709 luma of gamma-coded RGB, 0 to 255, [64, 112].</summary>
    public byte[] Luma { get; } = new byte[Pixels];

    /// <summary>Luma averaged over 2 by 2 pixels, [32, 56].</summary>
    public byte[] HalfLuma { get; } = new byte[HalfPixels];

    /// <summary>Luma averaged over 4 by 4 pixels, [16, 28].</summary>
    public byte[] QuarterLuma { get; } = new byte[QuarterWidth * QuarterHeight];

    /// <summary>RGB averaged over 2 by 2 pixels, 0 to 255, interleaved, [32, 56, 3].</summary>
    public byte[] HalfRgb { get; } = new byte[HalfPixels * 3];

    /// <summary>How many pixels have each luma, [256].</summary>
    public int[] LumaHistogram { get; } = new int[256];

    /// <summary>Mean luma in [0,1].</summary>
    public float MeanLuma { get; private set; }

    /// <summary>Standard deviation of the luma over the pixels, in [0,0.5].</summary>
    public float LumaDeviation { get; private set; }

    /// <summary>Reads a frame.</summary>
    /// <param name="rgb">Interleaved RGB, 8 bits, [64, 112, 3].</param>
    public void Load(ReadOnlySpan<byte> rgb)
    {
        LoadLuma(rgb[..(Pixels * 3)]);
        LoadHalfRgb(rgb);
        Halve(Luma, Width, Height, HalfLuma);
        Halve(HalfLuma, HalfWidth, HalfHeight, QuarterLuma);
        CountLuma();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // otherwise short films end before the code is optimised
    private void LoadLuma(ReadOnlySpan<byte> rgb)
    {
        byte[] luma = Luma;
        for (int i = 0, at = 0; i < luma.Length; i++, at += 3)
        {
            luma[i] = (byte)(((54 * rgb[at]) + (183 * rgb[at + 1]) + (19 * rgb[at + 2]) + 128) >> 8);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // otherwise short films end before the code is optimised
    private void LoadHalfRgb(ReadOnlySpan<byte> rgb)
    {
        const int Row = Width * 3;
        int to = 0;
        for (int y = 0; y < HalfHeight; y++)
        {
            ReadOnlySpan<byte> top = rgb.Slice(2 * y * Row, Row);
            ReadOnlySpan<byte> bottom = rgb.Slice(((2 * y) + 1) * Row, Row);
            for (int at = 0; at <= Row - 6; at += 6)
            {
                for (int c = at; c < at + 3; c++)
                {
                    HalfRgb[to++] = (byte)((top[c] + top[c + 3] + bottom[c] + bottom[c + 3] + 2) >> 2);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // otherwise short films end before the code is optimised
    private static void Halve(byte[] plane, int width, int height, byte[] half)
    {
        int to = 0;
        for (int y = 0; y < height; y += 2)
        {
            ReadOnlySpan<byte> top = plane.AsSpan(y * width, width);
            ReadOnlySpan<byte> bottom = plane.AsSpan((y + 1) * width, width);
            for (int x = 0; x <= width - 2; x += 2)
            {
                half[to++] = (byte)((top[x] + top[x + 1] + bottom[x] + bottom[x + 1] + 2) >> 2);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // otherwise short films end before the code is optimised
    private void CountLuma()
    {
        Array.Clear(LumaHistogram);
        foreach (byte y in Luma)
        {
            LumaHistogram[y]++;
        }

        long sum = 0;
        long squares = 0;
        for (int level = 0; level < LumaHistogram.Length; level++)
        {
            sum += (long)level * LumaHistogram[level];
            squares += (long)level * level * LumaHistogram[level];
        }

        double mean = (double)sum / Pixels;
        MeanLuma = (float)(mean / 255);
        LumaDeviation = (float)(Math.Sqrt(Math.Max(0, ((double)squares / Pixels) - (mean * mean))) / 255);
    }
}
