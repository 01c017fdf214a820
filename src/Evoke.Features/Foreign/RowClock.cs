using Evoke.Features.Import;

namespace Evoke.Features.Foreign;

/// <summary>Checks the times that came with rows of features.</summary>
internal static class RowClock
{
    private const double MostSeconds = 7 * 24 * 3600; // Longer than any film: times of another unit, or of the day.
    private const double MostStepSeconds = 30; // Rows that are usually this far apart are in milliseconds.
    private const double EvenWithin = 0.1; // of the usual step
    private const double RoundedWithinSeconds = 0.002; // Frames are not on the grid of milliseconds that many files have.
    private const double LateSeconds = 2;

    /// <summary>Puts rows at their times.</summary>
    /// <param name="values">[rows, width].</param>
    /// <param name="width">Numbers per row.</param>
    /// <param name="times">[rows], in seconds.</param>
    /// <param name="mistake">Makes the error from the index of a row, or -1 for all, and a sentence.</param>
    public static TimedRows At(float[] values, int width, double[] times, Func<int, string, Exception> mistake)
    {
        for (int row = 0; row < times.Length; row++)
        {
            if (!(times[row] >= 0 && times[row] <= MostSeconds))
            {
                throw mistake(row, FormattableString.Invariant($"expected a time in seconds from the start of the film, found {times[row]} s"));
            }

            if (row > 0 && times[row] <= times[row - 1])
            {
                throw mistake(row, FormattableString.Invariant(
                    $"expected a time after {times[row - 1]} s, that of the row before, found {times[row]} s; a rate that is given replaces the times"));
            }
        }

        if (times.Length < 2)
        {
            throw mistake(-1, "one row does not say how long a row lasts: give the rate");
        }

        double[] steps = [.. times.Skip(1).Zip(times, (later, earlier) => later - earlier)];
        double usual = steps.Order().ElementAt(steps.Length / 2);
        return usual <= MostStepSeconds
            ? TimedRows.AtTimes(values, width, times, times[^1] + usual, [.. Warnings(times[0], steps, usual)])
            : throw mistake(-1, FormattableString.Invariant(
                $"its rows are {usual:0.###} s apart: the times are not in seconds; times in milliseconds are called timestamps_ms or timestamp_ms"));
    }

    private static IEnumerable<string> Warnings(double first, double[] steps, double usual)
    {
        if (steps.Any(step => Math.Abs(step - usual) > Math.Max(EvenWithin * usual, RoundedWithinSeconds)))
        {
            yield return FormattableString.Invariant($"the rows are not even: {steps.Min():0.####} to {steps.Max():0.####} s apart, most often ")
                + FormattableString.Invariant($"{usual:0.####} s; the row nearest in time is taken");
        }

        if (first > LateSeconds + usual)
        {
            yield return FormattableString.Invariant($"the first row is at {first:0.##} s; it stands for what comes before");
        }
    }
}
