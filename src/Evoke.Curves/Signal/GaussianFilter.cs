namespace Evoke.Curves.Signal;

/// <summary>
/// A Gaussian filter truncated at 4 sigma, like scipy's <c>gaussian_filter1d</c> with its defaults; beyond the ends the curve is mirrored with its end point
/// repeated.
/// </summary>
/// <remarks>Works for curves of any length: a short curve is mirrored repeatedly.</remarks>
internal sealed class GaussianFilter : LabelFilter
{
    private const double Truncate = 4;

    private readonly double[] _weights; // of distances 0, 1, …, radius

    /// <summary>Creates the filter.</summary>
    /// <param name="sigma">Standard deviation in steps, finite and above 0.</param>
    public GaussianFilter(double sigma)
    {
        if (!double.IsFinite(sigma) || sigma <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(sigma), sigma, "A standard deviation must be a finite number of steps above 0.");
        }

        int radius = (int)((Truncate * sigma) + 0.5);
        double[] weights = [.. Enumerable.Range(0, radius + 1).Select(distance => Math.Exp(-0.5 * distance * distance / (sigma * sigma)))];
        double sum = weights[0] + (2 * weights.Skip(1).Sum());
        _weights = [.. weights.Select(weight => weight / sum)];
    }

    /// <inheritdoc/>
    public override double[] Apply(ReadOnlySpan<double> curve)
    {
        double[] filtered = new double[curve.Length];
        for (int i = 0; i < filtered.Length; i++)
        {
            double sum = _weights[0] * curve[i];
            for (int distance = 1; distance < _weights.Length; distance++)
            {
                sum += _weights[distance] * (curve[Mirror(i - distance, curve.Length)] + curve[Mirror(i + distance, curve.Length)]);
            }

            filtered[i] = sum;
        }

        return filtered;
    }

    private static int Mirror(int index, int length)
    {
        int period = 2 * length;
        int folded = ((index % period) + period) % period;
        return folded < length ? folded : period - 1 - folded;
    }
}
