namespace Evoke.Curves.Signal;

/// <summary>Bridges missing values of a curve, for computations that need a value at every step.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class MissingValues
{
    /// <summary>Replaces NaN by linear interpolation between the known values around it, and beyond the first and the last one by these.</summary>
    /// <param name="curve">Values in order of time.</param>
    /// <returns>False if no value is known; the curve is then unchanged.</returns>
    public static bool Bridge(Span<double> curve)
    {
        int before = -1;
        for (int step = 0; step < curve.Length; step++)
        {
            if (!double.IsNaN(curve[step]))
            {
                Draw(curve, before, step);
                before = step;
            }
        }

        if (before < 0)
        {
            return false;
        }

        curve[(before + 1)..].Fill(curve[before]);
        return true;
    }

    // The steps between two known values, of which the first may be -1: the beginning.
    private static void Draw(Span<double> curve, int before, int after)
    {
        for (int step = before + 1; step < after; step++)
        {
            curve[step] = before < 0 ? curve[after] : curve[before] + ((curve[after] - curve[before]) * (step - before) / (after - before));
        }
    }
}
