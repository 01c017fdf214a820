using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Evoke.Encoders.Signal;

/// <summary>One pass of a Stockham FFT (decimation in frequency): `stride` interleaved transforms of `radix * columns` points are each split into `radix` of `columns` points.</summary>
internal sealed class FftPass
{
    private readonly int _columns;
    private readonly int _stride;
    private readonly double[] _twiddles; // radix 4: w, w², w³ of each column, real before imaginary; empty for radix 2, which comes last

    private FftPass(int columns, int stride, double[] twiddles)
    {
        _columns = columns;
        _stride = stride;
        _twiddles = twiddles;
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
        else if (_stride < Vector256<double>.Count)
        {
            RunRadix4(re, im, outRe, outIm);
        }
        else
        {
            RunRadix4Vectors(re, im, outRe, outIm);
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // short films would end before the code were optimised
    private void RunRadix2(double[] re, double[] im, double[] outRe, double[] outIm)
    {
        for (int q = 0; q < _stride; q++)
        {
            int other = q + _stride;
            (outRe[q], outRe[other]) = (re[q] + re[other], re[q] - re[other]);
            (outIm[q], outIm[other]) = (im[q] + im[other], im[q] - im[other]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // short films would end before the code were optimised
    private void RunRadix4(double[] re, double[] im, double[] outRe, double[] outIm)
    {
        int quarter = _stride * _columns;
        for (int i = 0; i < quarter; i++)
        {
            int column = i / _stride;
            ReadOnlySpan<double> w = _twiddles.AsSpan(column * 6, 6);
            int to = i + (3 * column * _stride); // q + stride * 4 * column
            (double aRe, double bRe, double cRe, double dRe) = (re[i], re[i + quarter], re[i + (2 * quarter)], re[i + (3 * quarter)]);
            (double aIm, double bIm, double cIm, double dIm) = (im[i], im[i + quarter], im[i + (2 * quarter)], im[i + (3 * quarter)]);
            (double sumRe, double sumIm, double differenceRe, double differenceIm) = (aRe + cRe, aIm + cIm, aRe - cRe, aIm - cIm);
            (double sum2Re, double sum2Im) = (bRe + dRe, bIm + dIm);
            (double turnedRe, double turnedIm) = (dIm - bIm, bRe - dRe); // i (b - d)

            outRe[to] = sumRe + sum2Re;
            outIm[to] = sumIm + sum2Im;
            (outRe[to + _stride], outIm[to + _stride]) = Multiply(differenceRe - turnedRe, differenceIm - turnedIm, w[0], w[1]);
            (outRe[to + (2 * _stride)], outIm[to + (2 * _stride)]) = Multiply(sumRe - sum2Re, sumIm - sum2Im, w[2], w[3]);
            (outRe[to + (3 * _stride)], outIm[to + (3 * _stride)]) = Multiply(differenceRe + turnedRe, differenceIm + turnedIm, w[4], w[5]);
        }
    }

    private static (double Re, double Im) Multiply(double re, double im, double wRe, double wIm)
        => ((re * wRe) - (im * wIm), (re * wIm) + (im * wRe));

    // The same as RunRadix4, four of the interleaved transforms at a time: they share their twiddles.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // short films would end before the code were optimised
    private void RunRadix4Vectors(double[] re, double[] im, double[] outRe, double[] outIm)
    {
        int quarter = _stride * _columns;
        for (int column = 0; column < _columns; column++)
        {
            ReadOnlySpan<double> w = _twiddles.AsSpan(column * 6, 6);
            for (int q = 0; q < _stride; q += Vector256<double>.Count)
            {
                int i = q + (column * _stride);
                Vector256<double> aRe = Load(re, i), aIm = Load(im, i);
                Vector256<double> bRe = Load(re, i + quarter), bIm = Load(im, i + quarter);
                Vector256<double> cRe = Load(re, i + (2 * quarter)), cIm = Load(im, i + (2 * quarter));
                Vector256<double> dRe = Load(re, i + (3 * quarter)), dIm = Load(im, i + (3 * quarter));
                Vector256<double> sumRe = aRe + cRe, sumIm = aIm + cIm, differenceRe = aRe - cRe, differenceIm = aIm - cIm;
                Vector256<double> sum2Re = bRe + dRe, sum2Im = bIm + dIm, turnedRe = dIm - bIm, turnedIm = bRe - dRe;

                int to = q + (4 * column * _stride);
                (sumRe + sum2Re).CopyTo(outRe, to);
                (sumIm + sum2Im).CopyTo(outIm, to);
                StoreProduct(differenceRe - turnedRe, differenceIm - turnedIm, w[0], w[1], outRe, outIm, to + _stride);
                StoreProduct(sumRe - sum2Re, sumIm - sum2Im, w[2], w[3], outRe, outIm, to + (2 * _stride));
                StoreProduct(differenceRe + turnedRe, differenceIm + turnedIm, w[4], w[5], outRe, outIm, to + (3 * _stride));
            }
        }
    }

    private static Vector256<double> Load(double[] values, int index) => Vector256.Create(values, index);

    private static void StoreProduct(
        Vector256<double> re, Vector256<double> im, double wRe, double wIm, double[] outRe, double[] outIm, int to)
    {
        ((re * wRe) - (im * wIm)).CopyTo(outRe, to);
        ((re * wIm) + (im * wRe)).CopyTo(outIm, to);
    }
}
