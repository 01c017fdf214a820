namespace Evoke.Insights.Rankings;

/// <summary>The place of each value among the others.</summary>
internal static class Percentiles
{
    /// <summary>Among fewer others a percentile says nothing that the rank does not.</summary>
    public const int LeastOthers = 20;

    /// <summary>The percentage of the other values that are lower, from 0 to 100; equal ones count half. Null for a missing value, and among fewer than
    /// <see cref="LeastOthers"/> others.</summary>
    public static double?[] Of(IReadOnlyList<double?> values)
    {
        double[] sorted = [.. values.OfType<double>().Order()];
        int others = sorted.Length - 1;
        return [.. values.Select(value =>
        {
            if (value is not { } own || others < LeastOthers)
            {
                return (double?)null;
            }

            int lower = FirstFrom(sorted, own), equal = FirstAfter(sorted, own) - lower - 1;
            return 100 * (lower + (0.5 * equal)) / others;
        })];
    }

    // Binary search: a catalogue of 100,000 videos has hundreds of columns.
    private static int FirstFrom(double[] sorted, double value) => FirstWhere(sorted, found => found >= value);

    private static int FirstAfter(double[] sorted, double value) => FirstWhere(sorted, found => found > value);

    private static int FirstWhere(double[] sorted, Func<double, bool> holds)
    {
        (int low, int high) = (0, sorted.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = holds(sorted[middle]) ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
