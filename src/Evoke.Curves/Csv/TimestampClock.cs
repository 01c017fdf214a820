namespace Evoke.Curves.Csv;

/// <summary>Determines the rate of a video's rows from their timestamps.</summary>
internal static class TimestampClock
{
    // Timestamps are whole microseconds, rounded down or to the nearest.
    private const double RoundingMicroseconds = 1.5;

    // The largest error of a timestamp, in steps, that is accepted from less exact tools.
    private const double Looseness = 0.02;

    /// <summary>Finds the simplest rate that explains all timestamps.</summary>
    /// <param name="microseconds">At least two timestamps, the first of them 0, each later than the one before.</param>
    /// <param name="rate">Rows per second.</param>
    /// <returns>False if the rows are not evenly spaced.</returns>
    public static bool TryReadRate(ReadOnlySpan<long> microseconds, out Rate rate)
    {
        double measured = (microseconds.Length - 1) * 1e6 / microseconds[^1];
        Span<double> candidates =
        [
            Math.Round(measured), // 6 Hz
            Math.Round(measured * 1.001) / 1.001, // NTSC: 30000/1001 Hz
            1e6 / Math.Round(1e6 / measured), // a step of whole microseconds: 0.96 s
            measured,
        ];
        foreach (double looseness in (ReadOnlySpan<double>)[0, Looseness])
        {
            foreach (double candidate in candidates)
            {
                if (candidate > 0 && Explains(microseconds, candidate, RoundingMicroseconds + (looseness * 1e6 / candidate)))
                {
                    rate = new Rate(candidate);
                    return true;
                }
            }
        }

        rate = default;
        return false;
    }

    /// <summary>The first row whose distance from the row before is not that of most rows, and that usual distance in microseconds.</summary>
    public static (int Row, long UsualStep) FirstUneven(ReadOnlySpan<long> microseconds)
    {
        long[] steps = new long[microseconds.Length - 1];
        for (int row = 1; row < microseconds.Length; row++)
        {
            steps[row - 1] = microseconds[row] - microseconds[row - 1];
        }

        long[] sorted = [.. steps.Order()];
        long usual = sorted[sorted.Length / 2];
        int uneven = Array.FindIndex(steps, step => Math.Abs(step - usual) > RoundingMicroseconds + (Looseness * usual));
        return (Math.Max(uneven, 0) + 1, usual);
    }

    private static bool Explains(ReadOnlySpan<long> microseconds, double hertz, double tolerance)
    {
        for (int row = 0; row < microseconds.Length; row++)
        {
            if (Math.Abs(microseconds[row] - (row * 1e6 / hertz)) > tolerance)
            {
                return false;
            }
        }

        return true;
    }
}
