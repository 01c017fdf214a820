namespace Evoke.Encoders.Signal;

/// <summary>The shapes of <see cref="SpectralWindow"/>.</summary>
internal enum SpectralWindowShape
{
    /// <summary>0.5 - 0.5 cos(2πn/N): the next sample would be the first (torch.hann_window, librosa).</summary>
    Hann,

    /// <summary>0.5 - 0.5 cos(2πn/(N-1)): ends as it begins (Kaldi's "hanning").</summary>
    HannSymmetric,

    /// <summary>0.54 - 0.46 cos(2πn/N).</summary>
    Hamming,

    /// <summary>0.54 - 0.46 cos(2πn/(N-1)) (Kaldi's "hamming").</summary>
    HammingSymmetric,

    /// <summary>The symmetric Hann window to the power of 0.85 (Kaldi's default).</summary>
    Povey,

    /// <summary>1 everywhere.</summary>
    Rectangular,
}

/// <summary>Weights that a part of a signal is multiplied with before its spectrum or mean is computed.</summary>
internal static class SpectralWindow
{
    private const double PoveyPower = 0.85;

    /// <summary>The periodic Hann window: 0.5 - 0.5 cos(2πn/N), n in 0..N-1 (its next sample would be its first).</summary>
    public static double[] PeriodicHann(int length) => Of(SpectralWindowShape.Hann, length);

    /// <summary>A window of one of the shapes.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="length">Samples, at least 1; at least 2 for a symmetric shape.</param>
    public static double[] Of(SpectralWindowShape shape, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        return shape switch
        {
            SpectralWindowShape.Hann => Cosine(length, length, 0.5),
            SpectralWindowShape.HannSymmetric => Cosine(length, length - 1, 0.5),
            SpectralWindowShape.Hamming => Cosine(length, length, 0.54),
            SpectralWindowShape.HammingSymmetric => Cosine(length, length - 1, 0.54),
            SpectralWindowShape.Povey => [.. Cosine(length, length - 1, 0.5).Select(weight => Math.Pow(weight, PoveyPower))],
            SpectralWindowShape.Rectangular => [.. Enumerable.Repeat(1.0, length)],
            _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "Unknown window."),
        };
    }

    private static double[] Cosine(int length, int period, double mean)
    {
        double[] window = new double[length];
        for (int n = 0; n < length; n++)
        {
            window[n] = mean - ((1 - mean) * Math.Cos(2 * Math.PI * n / period));
        }

        return window;
    }
}
