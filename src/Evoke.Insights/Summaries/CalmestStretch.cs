namespace Evoke.Insights.Summaries;

/// <summary>The longest stretch in which a curve is low and does not rise.</summary>
/// <remarks>A step is low if its value is at most the median. It does not rise if, from 1.5 s before to 1.5 s after, the curve climbs by at most a hundredth of
/// its own span per second.</remarks>
internal static class CalmestStretch
{
    /// <summary>A shorter stretch is none, in seconds.</summary>
    public const double LeastSeconds = 2;

    private const double SlopeSeconds = 1.5;
    private const double LevelShare = 0.01;

    /// <summary>Finds it: first step and last step (inclusive); the earliest if several are as long. Null if none is long enough.</summary>
    /// <param name="curve">A curve that is not flat.</param>
    public static (int First, int Last)? Of(SummarizedCurve curve)
    {
        double median = curve.Median(), steepest = LevelShare * (curve.Known.Max() - curve.Known.Min());
        (int First, int Last)? longest = null;
        int length = 0;
        for (int step = 0; step < curve.Steps; step++)
        {
            length = IsCalm(step) ? length + 1 : 0;
            if (length > 0 && length > (longest is { } found ? found.Last - found.First + 1 : 0))
            {
                longest = (step - length + 1, step);
            }
        }

        return longest is { } best && (best.Last - best.First + 1) / curve.Grid.Rate.Hertz >= LeastSeconds ? longest : null;

        bool IsCalm(int step)
        {
            int reach = Math.Max(1, curve.StepsIn(SlopeSeconds));
            int before = Math.Max(0, step - reach), after = Math.Min(curve.Steps - 1, step + reach);
            double seconds = (after - before) / curve.Grid.Rate.Hertz;
            return curve[step] <= median && curve[after] - curve[before] <= steepest * seconds; // false for NaN
        }
    }
}
