using Evoke.Curves;

namespace Evoke.Heads.Affect;

/// <summary>Weighted moving mean with a Kaiser window. At the ends the window is truncated and renormalised.</summary>
internal sealed class KaiserSmoother
{
    private readonly double[] _window; // odd length, largest in the middle

    /// <summary>Prepares a window.</summary>
    /// <param name="seconds">Length, rounded down to an odd number of steps, at least one.</param>
    /// <param name="beta">Shape: 0 is a plain mean, larger is narrower.</param>
    /// <param name="rate">Steps per second (Hz).</param>
    public KaiserSmoother(double seconds, double beta, Rate rate)
    {
        int half = (int)(seconds * rate.Hertz / 2);
        _window = new double[(2 * half) + 1];
        for (int i = 0; i < _window.Length; i++)
        {
            double x = half == 0 ? 0 : (i - half) / (double)half;
            _window[i] = BesselI0(beta * Math.Sqrt(1 - (x * x))) / BesselI0(beta);
        }
    }

    /// <summary>Smooths a curve.</summary>
    /// <param name="values">One value per step.</param>
    /// <param name="weights">How much each value counts, 0 or more; empty for all the same. Where nothing counts, the result is 0.</param>
    public double[] Smooth(ReadOnlySpan<double> values, ReadOnlySpan<double> weights = default)
    {
        double[] smooth = new double[values.Length];
        int half = _window.Length / 2;
        for (int step = 0; step < values.Length; step++)
        {
            double sum = 0, weight = 0;
            for (int at = Math.Max(0, step - half); at <= Math.Min(values.Length - 1, step + half); at++)
            {
                double w = _window[at - step + half] * (weights.IsEmpty ? 1 : weights[at]);
                sum += w * values[at];
                weight += w;
            }

            smooth[step] = weight > 0 ? sum / weight : 0;
        }

        return smooth;
    }

    // The series of the modified Bessel function of order 0: sum of ((x/2)^k / k!)².
    private static double BesselI0(double x)
    {
        double sum = 1, term = 1;
        for (int k = 1; term > 1e-16 * sum; k++)
        {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }

        return sum;
    }
}
