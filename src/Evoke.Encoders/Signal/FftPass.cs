using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Evoke.Encoders.Signal;

/// <summary>One pass of a Stockham FFT (decimation in frequency): `stride` interleaved transforms of `radix * columns` points are each split into `radix` of
/// `columns` points.</summary>
internal sealed class FftPass
{
    private readonly int _columns;
    private readonly int _stride;
    private readonly double[] _twiddles; // radix 4: w, w², w³ of each column, real before imaginary; empty for radix 2, which comes last
    private readonly double[] _planes; // the same, turned: each of the six for all columns

    private FftPass(int columns, int stride, double[] twiddles)
    {
        _columns = columns;
        _stride = stride;
        _twiddles = twiddles;
        _planes = [.. Enumerable.Range(0, twiddles.Length).Select(i => twiddles[(i % columns * 6) + (i / columns)])];
    }

    /// <summary>The passes of a complex transform of <paramref name="size"/> points, a power of two: radix 4, and one of radix 2 where needed.</summary>
    public static FftPass[] Plan(int size)
    {
        List<FftPass> passes = [];
        int length = size;
        int stride = 1;
        for (; length >= 4; length /= 4, stride *= 4)
        {
            passes.Add(new FftPass(length / 4, stride, Twiddles(length / 4)));
        }

        if (length == 2)
        {
            passes.Add(new FftPass(1, stride, []));
        }

        return [.. passes];
    }

    /// <summary>Reads one pair of arrays, writes the other.</summary>
    public void Run(double[] re, double[] im, double[] outRe, double[] outIm)
    {
        if (_twiddles.Length == 0)
        {
            RunRadix2(re, im, outRe, outIm);
        }
        else if (_stride > 1)
        {
            RunRadix4Transforms(re, im, outRe, outIm);
        }
        else if (_columns % Vector256<double>.Count == 0 && Avx.IsSupported)
        {
            RunRadix4Columns(re, im, outRe, outIm);
        }
        else
        {
            RunRadix4Points(re, im, outRe, outIm);
        }
    }

    private static double[] Twiddles(int columns)
    {
        double[] twiddles = new double[columns * 6];
        for (int i = 0; i < columns * 3; i++)
        {
            int column = i / 3;
            int power = 1 + (i % 3);
            (double sin, double cos) = Math.SinCos(-2 * Math.PI * column * power / (4.0 * columns));
            twiddles[2 * i] = cos;
            twiddles[(2 * i) + 1] = sin;
        }

        return twiddles;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // otherwise short films end before the code is optimised
    private void RunRadix2(double[] re, double[] im, double[] outRe, double[] outIm)
    {
        for (int q = 0; q < _stride; q++)
        {
            int other = q + _stride;
            (outRe[q], outRe[other]) = (re[q] + re[other], re[q] - re[other]);
            (outIm[q], outIm[other]) = (im[q] + im[other], im[q] - im[other]);
        }
    }

    // Where nothing is interleaved yet.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // otherwise short films end before the code is optimised
    private void RunRadix4Points(double[] re, double[] im, double[] outRe, double[] outIm)
    {
        for (int i = 0; i < _columns; i++)
        {
            ReadOnlySpan<double> w = _twiddles.AsSpan(i * 6, 6);
            int to = 4 * i;
            (double aRe, double bRe, double cRe, double dRe) = (re[i], re[i + _columns], re[i + (2 * _columns)], re[i + (3 * _columns)]);
            (double aIm, double bIm, double cIm, double dIm) = (im[i], im[i + _columns], im[i + (2 * _columns)], im[i + (3 * _columns)]);
            (double sumRe, double sumIm, double differenceRe, double differenceIm) = (aRe + cRe, aIm + cIm, aRe - cRe, aIm - cIm);
            (double sum2Re, double sum2Im) = (bRe + dRe, bIm + dIm);
            (double turnedRe, double turnedIm) = (dIm - bIm, bRe - dRe); // i (b - d)

            outRe[to] = sumRe + sum2Re;
            outIm[to] = sumIm + sum2Im;
            (outRe[to + 1], outIm[to + 1]) = Multiply(differenceRe - turnedRe, differenceIm - turnedIm, w[0], w[1]);
            (outRe[to + 2], outIm[to + 2]) = Multiply(sumRe - sum2Re, sumIm - sum2Im, w[2], w[3]);
            (outRe[to + 3], outIm[to + 3]) = Multiply(differenceRe + turnedRe, differenceIm + turnedIm, w[4], w[5]);
        }
    }

    private static (double Re, double Im) Multiply(double re, double im, double wRe, double wIm)
        => ((re * wRe) - (im * wIm), (re * wIm) + (im * wRe));

    // Four of the interleaved transforms at a time: they share their twiddles.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // otherwise short films end before the code is optimised
    private void RunRadix4Transforms(double[] re, double[] im, double[] outRe, double[] outIm)
    {
        int quarter = _stride * _columns;
        for (int column = 0; column < _columns; column++)
        {
            ReadOnlySpan<double> w = _twiddles.AsSpan(column * 6, 6);
            Vector256<double> w1Re = Vector256.Create(w[0]), w1Im = Vector256.Create(w[1]);
            Vector256<double> w2Re = Vector256.Create(w[2]), w2Im = Vector256.Create(w[3]);
            Vector256<double> w3Re = Vector256.Create(w[4]), w3Im = Vector256.Create(w[5]);
            for (int q = 0; q < _stride; q += Vector256<double>.Count)
            {
                FourPoints points = FourPoints.Load(re, im, q + (column * _stride), quarter).Split().Times(w1Re, w1Im, w2Re, w2Im, w3Re, w3Im);
                points.Store(outRe, outIm, q + (4 * column * _stride), _stride);
            }
        }
    }

    // Where nothing is interleaved yet, four columns at a time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // otherwise short films end before the code is optimised
    private void RunRadix4Columns(double[] re, double[] im, double[] outRe, double[] outIm)
    {
        for (int column = 0; column < _columns; column += Vector256<double>.Count)
        {
            FourPoints points = FourPoints.Load(re, im, column, _columns).Split()
                .Times(Plane(0, column), Plane(1, column), Plane(2, column), Plane(3, column), Plane(4, column), Plane(5, column));
            points.StoreTransposed(outRe, outIm, 4 * column);
        }
    }

    private Vector256<double> Plane(int number, int column) => Vector256.Create(_planes, (number * _columns) + column);
}
