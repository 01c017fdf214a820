using System.Numerics;

namespace Evoke.Curves.Interpolation;

/// <summary>Linear interpolation of curves from a sparse grid to a dense one, as in the paper from 1 Hz predictions to 6 Hz rows.</summary>
/// <remarks>
/// A sparse point at the time of a dense step is kept bit for bit. Between two points the curve is monotone and stays within their range;
/// after the last point its value is held. Between two points of which one is missing (NaN) the curve is missing too. Positions are
/// computed from times, so any pair of rates works, in either direction. Thread-safe: without state.
/// </remarks>
public static class SparseToDense
{
    // If the ratio of the rates is not a whole number, rounding moves common times by about an ulp: such a step still counts as the sparse point.
    private const double MeetingSlack = 1e-9;

    /// <summary>Interpolates curves at the steps of another grid.</summary>
    /// <param name="sparse">Curves with at least one step.</param>
    /// <param name="dense">The steps to compute: their rate (Hz) and number; they may extend past the end of <paramref name="sparse"/>.</param>
    /// <returns>Curves of the same scheme on <paramref name="dense"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="sparse"/> has no steps although steps are requested.</exception>
    public static EmotionCurves Interpolate(EmotionCurves sparse, TimeGrid dense)
    {
        ArgumentNullException.ThrowIfNull(sparse);
        float[] values = new float[checked(dense.Count * sparse.Scheme.Count)];
        Interpolate(sparse.Values, sparse.Scheme.Count, sparse.Grid.Rate, values, dense.Rate);
        return new EmotionCurves(sparse.Scheme, dense, values);
    }

    /// <summary>Interpolates rows of numbers of any floating-point type; see <see cref="Interpolate(EmotionCurves, TimeGrid)"/>.</summary>
    /// <param name="sparse">Row-major [sparse steps, width], at least one row.</param>
    /// <param name="width">Numbers per row, above 0.</param>
    /// <param name="sparseRate">Rows per second of <paramref name="sparse"/> (Hz).</param>
    /// <param name="dense">Receives [dense steps, width].</param>
    /// <param name="denseRate">Rows per second of <paramref name="dense"/> (Hz).</param>
    /// <exception cref="ArgumentException">A span is not a whole number of rows, or <paramref name="sparse"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The width is not positive.</exception>
    public static void Interpolate<T>(ReadOnlySpan<T> sparse, int width, Rate sparseRate, Span<T> dense, Rate denseRate)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        if (sparse.Length % width != 0 || dense.Length % width != 0)
        {
            throw new ArgumentException($"Rows of {width} numbers are expected; found {sparse.Length} sparse and {dense.Length} dense numbers.", nameof(width));
        }

        if (sparse.IsEmpty && !dense.IsEmpty)
        {
            throw new ArgumentException("Interpolation needs at least one point; found none.", nameof(sparse));
        }

        double sparseHertz = sparseRate.Hertz, denseHertz = denseRate.Hertz;
        int last = (sparse.Length / width) - 1;
        for (int step = 0; step < dense.Length / width; step++)
        {
            double position = step * sparseHertz / denseHertz;
            double nearest = Math.Round(position);
            if (Math.Abs(position - nearest) <= MeetingSlack * Math.Max(1, nearest))
            {
                position = nearest;
            }

            Span<T> row = dense.Slice(step * width, width);
            int before = (int)Math.Min(position, last);
            if (position >= last || position == before)
            {
                sparse.Slice(before * width, width).CopyTo(row);
                continue;
            }

            Mix(sparse.Slice(before * width, width), sparse.Slice((before + 1) * width, width), position - before, row);
        }
    }

    private static void Mix<T>(ReadOnlySpan<T> from, ReadOnlySpan<T> to, double part, Span<T> row)
        where T : struct, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < row.Length; i++)
        {
            double start = double.CreateChecked(from[i]);
            double end = double.CreateChecked(to[i]);
            row[i] = T.CreateChecked(start + ((end - start) * part));
        }
    }
}
