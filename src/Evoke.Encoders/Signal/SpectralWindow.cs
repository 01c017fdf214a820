namespace Evoke.Encoders.Signal;

/// <summary>Weights that a part of a signal is multiplied with before its spectrum or mean is computed.</summary>
internal static class SpectralWindow
{
    /// <summary>The periodic Hann window: 0.5 - 0.5 cos(2πn/N), n in 0..N-1 (its next sample would be its first).</summary>
    public static double[] PeriodicHann(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        double[] window = new double[length];
        for (int n = 0; n < length; n++)
        {
            window[n] = 0.5 - (0.5 * Math.Cos(2 * Math.PI * n / length));
        }

        return window;
    }
}
