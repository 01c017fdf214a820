using System.Runtime.CompilerServices;

namespace Evoke.Encoders.LowLevel.Visual;

/// <summary>A summary of a frame that tells whether another belongs to the same shot: 14 by 8 mean colours, and a histogram of 64 colours.</summary>
internal sealed class FrameSignature
{
    private const int Cell = 4; // half-size pixels
    private const int CellsAcross = FramePlanes.HalfWidth / Cell;
    private const int CellsDown = FramePlanes.HalfHeight / Cell;
    private const int Levels = 4;

    // Two frames whose cells all differ by this much have the greatest distance; unrelated shots have half of it or more.
    private const float FullCellDifference = 0.3f;

    // A picture that is entirely black or white belongs to no shot: it is a flash or part of a fade.
    private const float BlankDeviation = 0.03f;
    private const float BlankLuma = 0.06f;

    private readonly byte[] _cells = new byte[CellsAcross * CellsDown * 3];
    private readonly float[] _histogram = new float[Levels * Levels * Levels];

    /// <summary>True if the frame is all black or all white.</summary>
    public bool IsBlank { get; private set; }

    public void Load(FramePlanes frame)
    {
        IsBlank = frame.LumaDeviation < BlankDeviation && (frame.MeanLuma < BlankLuma || frame.MeanLuma > 1 - BlankLuma);
        Array.Clear(_histogram);
        Span<int> cell = stackalloc int[3];
        int to = 0;
        for (int y = 0; y < FramePlanes.HalfHeight; y += Cell)
        {
            for (int x = 0; x < FramePlanes.HalfWidth; x += Cell)
            {
                SumCell(frame.HalfRgb, x, y, cell);
                for (int c = 0; c < 3; c++)
                {
                    _cells[to++] = (byte)((cell[c] + (Cell * Cell / 2)) / (Cell * Cell));
                }
            }
        }

        for (int i = 0; i < _histogram.Length; i++)
        {
            _histogram[i] /= FramePlanes.HalfPixels / 4;
        }
    }

    /// <summary>How unlike two frames are in which colours they have, in [0,1]; where the colours are does not matter.</summary>
    public float HistogramDistance(FrameSignature other)
    {
        float sum = 0;
        for (int i = 0; i < _histogram.Length; i++)
        {
            sum += Math.Abs(_histogram[i] - other._histogram[i]);
        }

        return Math.Min(1, 0.5f * sum);
    }

    /// <summary>How unlike two frames are, in [0,1]: the geometric mean of their difference place by place and of their histograms' (motion alone raises the
    /// first, a flash the second).</summary>
    public float Distance(FrameSignature other)
    {
        float cells = AbsoluteDifferences.Sum(_cells, other._cells) / (255f * _cells.Length);
        return MathF.Sqrt(Math.Min(1, cells / FullCellDifference) * HistogramDistance(other));
    }

    // Sums the colours of a cell, and counts one of its every four pixels (2 by 2) in the histogram.
    private void SumCell(byte[] rgb, int x, int y, Span<int> cell)
    {
        cell.Clear();
        for (int row = y; row < y + Cell; row++)
        {
            ReadOnlySpan<byte> pixels = rgb.AsSpan(((row * FramePlanes.HalfWidth) + x) * 3, Cell * 3);
            for (int i = 0; i < pixels.Length; i += 3)
            {
                cell[0] += pixels[i];
                cell[1] += pixels[i + 1];
                cell[2] += pixels[i + 2];
            }

            if ((row & 1) == 0)
            {
                Count(pixels);
                Count(pixels[6..]);
            }
        }
    }

    // Each pixel is shared among the eight nearest of 4 x 4 x 4 colours, so that a small change of light makes a small change.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // otherwise short films end before the code is optimised
    private void Count(ReadOnlySpan<byte> rgb)
    {
        (int r, float toR) = Level(rgb[0]);
        (int g, float toG) = Level(rgb[1]);
        (int b, float toB) = Level(rgb[2]);
        Span<float> at = _histogram.AsSpan((((r * Levels) + g) * Levels) + b);
        const int R = Levels * Levels, G = Levels;
        float r0 = 1 - toR, g0 = 1 - toG, b0 = 1 - toB;
        at[R + G + 1] += toR * toG * toB;
        at[R + G] += toR * toG * b0;
        at[R + 1] += toR * g0 * toB;
        at[R] += toR * g0 * b0;
        at[G + 1] += r0 * toG * toB;
        at[G] += r0 * toG * b0;
        at[1] += r0 * g0 * toB;
        at[0] += r0 * g0 * b0;
    }

    private static (int Level, float Beyond) Level(byte value)
    {
        const int Step = 255 / (Levels - 1);
        int level = Math.Min(value / Step, Levels - 2);
        return (level, (value - (level * Step)) / (float)Step);
    }
}
