namespace Evoke.Curves.Signal;

/// <summary>A second-order Butterworth low-pass filter, run forward and backward for zero delay, then max(0, ·).</summary>
/// <remarks>
/// The same results as scipy's <c>filtfilt(*butter(2, cutoff), x)</c> with its defaults
/// (https://docs.scipy.org/doc/scipy/reference/generated/scipy.signal.filtfilt.html): 9 steps of odd extension at both ends, each pass started
/// in the steady state of its first value. scipy rejects curves of 9 steps or fewer; here they are extended by their length minus one.
/// </remarks>
internal sealed class ButterworthFilter : LabelFilter
{
    private const int Padding = 9; // scipy: 3 * max(len(a), len(b))

    /// <summary>Designs the filter by the bilinear transform.</summary>
    /// <param name="cutoff">The frequency at which one pass halves the power, as a fraction of the Nyquist frequency: above 0 and below 1.</param>
    public ButterworthFilter(double cutoff = 0.2)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cutoff);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(cutoff, 1);
        double k = Math.Tan(Math.PI * cutoff / 2);
        double norm = 1 / (1 + (Math.Sqrt(2) * k) + (k * k));
        double b0 = k * k * norm;
        Numerator = [b0, 2 * b0, b0];
        Denominator = [1, 2 * ((k * k) - 1) * norm, (1 - (Math.Sqrt(2) * k) + (k * k)) * norm];
    }

    /// <summary>b0, b1, b2 of the transfer function.</summary>
    public IReadOnlyList<double> Numerator { get; }

    /// <summary>a0 = 1, a1, a2 of the transfer function.</summary>
    public IReadOnlyList<double> Denominator { get; }

    /// <inheritdoc/>
    public override double[] Apply(ReadOnlySpan<double> curve)
    {
        if (curve.IsEmpty)
        {
            return [];
        }

        int padding = Math.Min(Padding, curve.Length - 1);
        double[] extended = ExtendOddly(curve, padding);
        RunForward(extended);
        Array.Reverse(extended);
        RunForward(extended);
        Array.Reverse(extended);
        return [.. extended.Skip(padding).Take(curve.Length).Select(value => Math.Max(0, value))];
    }

    /// <summary>Extends the curve at both ends by its rotation about the end point (odd extension).</summary>
    private static double[] ExtendOddly(ReadOnlySpan<double> curve, int padding)
    {
        double[] extended = new double[curve.Length + (2 * padding)];
        curve.CopyTo(extended.AsSpan(padding));
        for (int i = 1; i <= padding; i++)
        {
            extended[padding - i] = (2 * curve[0]) - curve[i];
            extended[padding + curve.Length - 1 + i] = (2 * curve[^1]) - curve[^(i + 1)];
        }

        return extended;
    }

    /// <summary>Transposed direct form II, in place, from the state that a constant input of the first value would have led to.</summary>
    private void RunForward(double[] values)
    {
        (double b0, double b1, double b2) = (Numerator[0], Numerator[1], Numerator[2]);
        (double a1, double a2) = (Denominator[1], Denominator[2]);
        double second = (b2 - a2) * values[0];
        double first = (b1 + b2 - a1 - a2) * values[0];
        for (int i = 0; i < values.Length; i++)
        {
            double x = values[i];
            double y = (b0 * x) + first;
            first = (b1 * x) + second - (a1 * y);
            second = (b2 * x) - (a2 * y);
            values[i] = y;
        }
    }
}
