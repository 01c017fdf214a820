namespace Evoke.Curves.Csv;

/// <summary>Determines the rate of a video's rows from their timestamps.</summary>
internal static class TimestampClock
{
    // Timestamps are whole numbers, rounded down or to the nearest.
    private const double Rounding = 1.5;

    // The largest error of a timestamp, in steps, that is accepted from less exact tools.
    private const double Looseness = 0.02;

    /// <summary>What timestamps count: microseconds, unless these would be more than <see cref="EevCsv.HighestRate"/> rows per second.</summary>
    /// <param name="timestamps">At least two timestamps, the first of them 0, each later than the one before.</param>
    public static TimestampUnit Recognise(ReadOnlySpan<long> timestamps) =>
        (timestamps.Length - 1) * 1e6 / timestamps[^1] > EevCsv.HighestRate ? TimestampUnit.Milliseconds : TimestampUnit.Microseconds;

    /// <summary>How many microseconds a unit is.</summary>
    public static long MicrosecondsOf(TimestampUnit unit) => unit == TimestampUnit.Milliseconds ? 1000 : 1;

    /// <summary>Finds the simplest rate that explains all timestamps.</summary>
    /// <param name="timestamps">At least two timestamps, the first of them 0, each later than the one before.</param>
    /// <param name="unit">What they count.</param>
    /// <param name="rate">Rows per second.</param>
    /// <returns>False if the rows are not evenly spaced.</returns>
    public static bool TryReadRate(ReadOnlySpan<long> timestamps, TimestampUnit unit, out Rate rate)
    {
        double second = 1e6 / MicrosecondsOf(unit);
        double measured = (timestamps.Length - 1) * second / timestamps[^1];
        Span<double> candidates =
        [
            Math.Round(measured), // 6 Hz
            Math.Round(measured * 1.001) / 1.001, // NTSC: 30000/1001 Hz
            second / Math.Round(second / measured), // a step of whole microseconds or milliseconds: 0.96 s
            measured,
        ];
        foreach (double looseness in (ReadOnlySpan<double>)[0, Looseness])
        {
            foreach (double candidate in candidates)
            {
                if (candidate > 0 && Explains(timestamps, candidate / second, Rounding + (looseness * second / candidate)))
                {
                    rate = new Rate(candidate);
                    return true;
                }
            }
        }

        rate = default;
        return false;
    }

    /// <summary>The first row whose distance from the row before is not that of most rows, and that usual distance in the timestamps' own unit.</summary>
    public static (int Row, long UsualStep) FirstUneven(ReadOnlySpan<long> timestamps)
    {
        long[] steps = new long[timestamps.Length - 1];
        for (int row = 1; row < timestamps.Length; row++)
        {
            steps[row - 1] = timestamps[row] - timestamps[row - 1];
        }

        long[] sorted = [.. steps.Order()];
        long usual = sorted[sorted.Length / 2];
        int uneven = Array.FindIndex(steps, step => Math.Abs(step - usual) > Rounding + (Looseness * usual));
        return (Math.Max(uneven, 0) + 1, usual);
    }

    private static bool Explains(ReadOnlySpan<long> timestamps, double perUnit, double tolerance)
    {
        for (int row = 0; row < timestamps.Length; row++)
        {
            if (Math.Abs(timestamps[row] - (row / perUnit)) > tolerance)
            {
                return false;
            }
        }

        return true;
    }
}
