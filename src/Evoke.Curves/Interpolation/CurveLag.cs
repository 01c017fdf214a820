namespace Evoke.Curves.Interpolation;

/// <summary>Moves curves earlier: people answer some seconds after they felt what they tell.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class CurveLag
{
    // Rounding moves a whole number of steps by about an ulp.
    private const double Slack = 1e-9;

    /// <summary>The curves, moved earlier: the value at 5 s becomes the one at 2 s if the lag is 3 s. What was told before the lag is dropped.</summary>
    /// <param name="curves">The curves.</param>
    /// <param name="seconds">The lag in seconds, 0 or more.</param>
    /// <returns>Curves at the same rate that are shorter by the lag. Between two steps values are interpolated; beside a row without labels, or a missing
    /// label, the nearer one is taken.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The lag is negative or not finite.</exception>
    /// <exception cref="ArgumentException">The curves are not longer than the lag.</exception>
    public static EmotionCurves Remove(EmotionCurves curves, double seconds)
    {
        ArgumentNullException.ThrowIfNull(curves);
        if (!double.IsFinite(seconds) || seconds < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(seconds), seconds, "A lag must be a finite number of seconds, 0 or more.");
        }

        if (seconds == 0)
        {
            return curves;
        }

        double shift = seconds * curves.Grid.Rate.Hertz;
        int whole = (int)Math.Floor(shift + Slack);
        double share = Math.Max(0, shift - whole);
        bool isBetween = share > Slack;
        int count = curves.Grid.Count - whole - (isBetween ? 1 : 0);
        if (count < 1)
        {
            throw new ArgumentException(FormattableString.Invariant($"Curves of {curves.Grid} are not longer than a lag of {seconds} s."), nameof(seconds));
        }

        float[] values = new float[count * curves.Scheme.Count];
        for (int step = 0; step < count; step++)
        {
            Span<float> row = values.AsSpan(step * curves.Scheme.Count, curves.Scheme.Count);
            if (isBetween && !curves.IsGap(step + whole) && !curves.IsGap(step + whole + 1))
            {
                Between(curves.Row(step + whole), curves.Row(step + whole + 1), (float)share, row);
            }
            else
            {
                curves.Row(step + whole + (isBetween && share > 0.5 ? 1 : 0)).CopyTo(row);
            }
        }

        return new EmotionCurves(curves.Scheme, new TimeGrid(curves.Grid.Rate, count), values);
    }

    private static void Between(ReadOnlySpan<float> before, ReadOnlySpan<float> after, float share, Span<float> row)
    {
        for (int i = 0; i < row.Length; i++)
        {
            float between = before[i] + (share * (after[i] - before[i]));
            row[i] = !float.IsNaN(between) ? between : share > 0.5f ? after[i] : before[i];
        }
    }
}
