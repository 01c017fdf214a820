using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Evoke.Encoders.Signal;

/// <summary>Four transforms of four complex points, side by side: what a pass of radix 4 works on at a time.</summary>
internal readonly struct FourPoints(
    Vector256<double> aRe, Vector256<double> aIm, Vector256<double> bRe, Vector256<double> bIm,
    Vector256<double> cRe, Vector256<double> cIm, Vector256<double> dRe, Vector256<double> dIm)
{
    private readonly Vector256<double> _aRe = aRe, _aIm = aIm, _bRe = bRe, _bIm = bIm, _cRe = cRe, _cIm = cIm, _dRe = dRe, _dIm = dIm;

    /// <summary>Reads points <paramref name="step"/> numbers apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourPoints Load(double[] re, double[] im, int index, int step) => new(
        Vector256.Create(re, index), Vector256.Create(im, index),
        Vector256.Create(re, index + step), Vector256.Create(im, index + step),
        Vector256.Create(re, index + (2 * step)), Vector256.Create(im, index + (2 * step)),
        Vector256.Create(re, index + (3 * step)), Vector256.Create(im, index + (3 * step)));

    /// <summary>Their transforms.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FourPoints Split()
    {
        Vector256<double> sumRe = _aRe + _cRe, sumIm = _aIm + _cIm, differenceRe = _aRe - _cRe, differenceIm = _aIm - _cIm;
        Vector256<double> sum2Re = _bRe + _dRe, sum2Im = _bIm + _dIm, turnedRe = _dIm - _bIm, turnedIm = _bRe - _dRe; // i (b - d)
        return new FourPoints(
            sumRe + sum2Re, sumIm + sum2Im, differenceRe - turnedRe, differenceIm - turnedIm,
            sumRe - sum2Re, sumIm - sum2Im, differenceRe + turnedRe, differenceIm + turnedIm);
    }

    /// <summary>The points but the first times w, w², w³.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FourPoints Times(
        Vector256<double> w1Re, Vector256<double> w1Im, Vector256<double> w2Re, Vector256<double> w2Im, Vector256<double> w3Re, Vector256<double> w3Im) => new(
        _aRe, _aIm,
        (_bRe * w1Re) - (_bIm * w1Im), (_bRe * w1Im) + (_bIm * w1Re),
        (_cRe * w2Re) - (_cIm * w2Im), (_cRe * w2Im) + (_cIm * w2Re),
        (_dRe * w3Re) - (_dIm * w3Im), (_dRe * w3Im) + (_dIm * w3Re));

    /// <summary>Writes points <paramref name="step"/> numbers apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(double[] re, double[] im, int index, int step)
    {
        _aRe.CopyTo(re, index);
        _aIm.CopyTo(im, index);
        _bRe.CopyTo(re, index + step);
        _bIm.CopyTo(im, index + step);
        _cRe.CopyTo(re, index + (2 * step));
        _cIm.CopyTo(im, index + (2 * step));
        _dRe.CopyTo(re, index + (3 * step));
        _dIm.CopyTo(im, index + (3 * step));
    }

    /// <summary>Writes the four points of one transform next to each other, then the next one's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreTransposed(double[] re, double[] im, int index)
    {
        StoreTransposed(_aRe, _bRe, _cRe, _dRe, re, index);
        StoreTransposed(_aIm, _bIm, _cIm, _dIm, im, index);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreTransposed(Vector256<double> a, Vector256<double> b, Vector256<double> c, Vector256<double> d, double[] to, int index)
    {
        Vector256<double> ab02 = Avx.UnpackLow(a, b), ab13 = Avx.UnpackHigh(a, b), cd02 = Avx.UnpackLow(c, d), cd13 = Avx.UnpackHigh(c, d);
        Avx.Permute2x128(ab02, cd02, 0x20).CopyTo(to, index);
        Avx.Permute2x128(ab13, cd13, 0x20).CopyTo(to, index + 4);
        Avx.Permute2x128(ab02, cd02, 0x31).CopyTo(to, index + 8);
        Avx.Permute2x128(ab13, cd13, 0x31).CopyTo(to, index + 12);
    }
}
