using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Evoke.Encoders.Signal;

/// <summary>The discrete Fourier transform of real signals of one length, a power of two.</summary>
/// <remarks>
/// A real signal of N samples is treated as N/2 complex ones, transformed by a Stockham autosort FFT of radix 4 (no bit reversal; real and
/// imaginary parts lie apart, so that the passes are straight vector loops) and unpacked. Works in float64: in float32 the quiet bins beside
/// loud ones, which a logarithm magnifies, would be off by more than the reference front ends differ. Holds its scratch memory: one instance per thread.
/// </remarks>
internal sealed class RealFft
{
    private readonly int _half;
    private readonly double[] _unpackRe; // cos(2πk/N), k in 0..N/2
    private readonly double[] _unpackIm; // -sin(2πk/N)
    private readonly FftPass[] _passes;
    private readonly double[] _re;
    private readonly double[] _im;
    private readonly double[] _otherRe;
    private readonly double[] _otherIm;
    private readonly double[] _binsRe;
    private readonly double[] _binsIm;

    /// <summary>Prepares transforms of <paramref name="size"/> samples.</summary>
    /// <param name="size">A power of two, at least 4.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is not such a number.</exception>
    public RealFft(int size)
    {
        if (size < 4 || !BitOperations.IsPow2(size))
        {
            throw new ArgumentOutOfRangeException(nameof(size), size, "The size of a transform must be a power of two, at least 4.");
        }

        Size = size;
        _half = size / 2;
        _unpackRe = new double[_half];
        _unpackIm = new double[_half];
        for (int k = 0; k < _half; k++)
        {
            (double sin, double cos) = Math.SinCos(-2 * Math.PI * k / size);
            _unpackRe[k] = cos;
            _unpackIm[k] = sin;
        }

        _passes = FftPass.Plan(_half);
        _re = new double[_half];
        _im = new double[_half];
        _otherRe = new double[_half];
        _otherIm = new double[_half];
        _binsRe = new double[Bins];
        _binsIm = new double[Bins];
    }

    /// <summary>Samples per transform.</summary>
    public int Size { get; }

    /// <summary>Frequencies per transform: 0 to half the sampling rate, Size / 2 + 1 of them.</summary>
    public int Bins => _half + 1;

    /// <summary>Transforms a real signal: X[k] = sum over n of x[n] exp(-2πi k n / N).</summary>
    /// <param name="signal">At most <see cref="Size"/> samples; the rest counts as zeros.</param>
    /// <param name="real">Real parts, [<see cref="Bins"/>].</param>
    /// <param name="imaginary">Imaginary parts, [<see cref="Bins"/>].</param>
    /// <exception cref="ArgumentException">The signal is too long.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An output is too short.</exception>
    public void Forward(ReadOnlySpan<float> signal, Span<double> real, Span<double> imaginary)
        => Forward(signal, [], real, imaginary);

    /// <summary>The power spectrum |X[k]|² of a real signal times a window.</summary>
    /// <param name="signal">At most <see cref="Size"/> samples; the rest counts as zeros.</param>
    /// <param name="window">As many weights as there are samples; empty for none.</param>
    /// <param name="power">[<see cref="Bins"/>].</param>
    /// <exception cref="ArgumentException">The signal is too long, or the window has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The output is too short.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // otherwise short films end before the code is optimised
    public void Power(ReadOnlySpan<float> signal, ReadOnlySpan<double> window, Span<float> power)
    {
        Forward(signal, window, _binsRe, _binsIm);
        int k = 0;
        for (; k <= _half - Vector256<float>.Count; k += Vector256<float>.Count)
        {
            Vector256.Narrow(PowerAt(k), PowerAt(k + Vector256<double>.Count)).CopyTo(power[k..]);
        }

        for (; k < Bins; k++)
        {
            power[k] = (float)((_binsRe[k] * _binsRe[k]) + (_binsIm[k] * _binsIm[k]));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<double> PowerAt(int bin)
    {
        Vector256<double> re = Vector256.Create(_binsRe, bin), im = Vector256.Create(_binsIm, bin);
        return (re * re) + (im * im);
    }

    private void Forward(ReadOnlySpan<float> signal, ReadOnlySpan<double> window, Span<double> real, Span<double> imaginary)
    {
        if (signal.Length > Size)
        {
            throw new ArgumentException($"The transform takes at most {Size} samples; found {signal.Length}.", nameof(signal));
        }

        if (!window.IsEmpty && window.Length != signal.Length)
        {
            throw new ArgumentException($"The window must be as long as the signal, {signal.Length} samples; found {window.Length}.", nameof(window));
        }

        Pack(signal, window);
        (double[] re, double[] im, double[] nextRe, double[] nextIm) = (_re, _im, _otherRe, _otherIm);
        foreach (FftPass pass in _passes)
        {
            pass.Run(re, im, nextRe, nextIm);
            (re, im, nextRe, nextIm) = (nextRe, nextIm, re, im);
        }

        Unpack(re, im, real[..Bins], imaginary[..Bins]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // otherwise short films end before the code is optimised
    private void Pack(ReadOnlySpan<float> signal, ReadOnlySpan<double> window)
    {
        int pairs = signal.Length / 2;
        if (window.IsEmpty)
        {
            for (int i = 0; i < pairs; i++)
            {
                _re[i] = signal[2 * i];
                _im[i] = signal[(2 * i) + 1];
            }
        }
        else
        {
            for (int i = 0; i < pairs; i++)
            {
                _re[i] = signal[2 * i] * window[2 * i];
                _im[i] = signal[(2 * i) + 1] * window[(2 * i) + 1];
            }
        }

        Array.Clear(_re, pairs, _half - pairs);
        Array.Clear(_im, pairs, _half - pairs);
        if ((signal.Length & 1) != 0)
        {
            _re[pairs] = signal[^1] * (window.IsEmpty ? 1 : window[^1]);
        }
    }

    // With Z the transform of the packed signal: X[k] = (Z[k] + conj Z[n-k]) / 2 + w^k (Z[k] - conj Z[n-k]) / 2i.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // otherwise short films end before the code is optimised
    private void Unpack(double[] zRe, double[] zIm, Span<double> real, Span<double> imaginary)
    {
        (real[0], imaginary[0]) = (zRe[0] + zIm[0], 0);
        (real[_half], imaginary[_half]) = (zRe[0] - zIm[0], 0);
        Vector256<double> half = Vector256.Create(0.5);
        int k = 1;
        for (; k <= _half - Vector256<double>.Count; k += Vector256<double>.Count)
        {
            Vector256<double> re = Vector256.Create(zRe, k), im = Vector256.Create(zIm, k), mirrorRe = MirrorOf(zRe, k), mirrorIm = MirrorOf(zIm, k);
            Vector256<double> evenRe = half * (re + mirrorRe), evenIm = half * (im - mirrorIm);
            Vector256<double> oddRe = half * (im + mirrorIm), oddIm = half * (mirrorRe - re);
            Vector256<double> wRe = Vector256.Create(_unpackRe, k), wIm = Vector256.Create(_unpackIm, k);
            (evenRe + (wRe * oddRe) - (wIm * oddIm)).CopyTo(real[k..]);
            (evenIm + (wRe * oddIm) + (wIm * oddRe)).CopyTo(imaginary[k..]);
        }

        for (; k < _half; k++)
        {
            int mirror = _half - k;
            double evenRe = 0.5 * (zRe[k] + zRe[mirror]);
            double evenIm = 0.5 * (zIm[k] - zIm[mirror]);
            double oddRe = 0.5 * (zIm[k] + zIm[mirror]);
            double oddIm = 0.5 * (zRe[mirror] - zRe[k]);
            real[k] = evenRe + (_unpackRe[k] * oddRe) - (_unpackIm[k] * oddIm);
            imaginary[k] = evenIm + (_unpackRe[k] * oddIm) + (_unpackIm[k] * oddRe);
        }
    }

    // z[n-k], z[n-k-1], …
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<double> MirrorOf(double[] z, int k) =>
        Vector256.Shuffle(Vector256.Create(z, _half - k - 3), Vector256.Create(3L, 2, 1, 0));
}
