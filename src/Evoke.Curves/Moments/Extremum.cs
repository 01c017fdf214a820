namespace Evoke.Curves.Moments;

/// <summary>A local maximum of a curve: a run of equal values that is higher than the values on both sides.</summary>
/// <param name="First">First step of the run.</param>
/// <param name="Last">Last step of the run.</param>
/// <param name="Prominence">
/// The value minus the higher of two bases: on each side, the lowest value before the curve rises above the maximum, or within the context if it does not.
/// Of two equal heights, the earlier counts as higher.
/// </param>
internal readonly record struct Extremum(int First, int Last, float Prominence)
{
    /// <summary>All local maxima in order of time; none for a constant curve.</summary>
    /// <param name="curve">Finite values.</param>
    /// <param name="context">How many steps to look before and after a maximum.</param>
    /// <param name="endsHideNothing">
    /// True to treat the curve beyond its ends as infinitely low, so that the prominence of a maximum at or near an end depends on its other side only;
    /// false to use the existing values only, so that a maximum at an end has no prominence and is skipped.
    /// </param>
    public static List<Extremum> Maxima(ReadOnlySpan<float> curve, int context, bool endsHideNothing)
    {
        List<Extremum> maxima = [];
        for (int first = 0, last; first < curve.Length; first = last + 1)
        {
            last = first;
            while (last + 1 < curve.Length && curve[last + 1].Equals(curve[first]))
            {
                last++;
            }

            bool risesInto = first == 0 || curve[first - 1] < curve[first];
            bool fallsAfter = last == curve.Length - 1 || curve[last + 1] < curve[first];
            if (risesInto && fallsAfter && Prominence(curve, first, last, context, endsHideNothing) is > 0 and float prominence)
            {
                maxima.Add(new Extremum(first, last, prominence));
            }
        }

        return maxima;

        static float Prominence(ReadOnlySpan<float> curve, int first, int last, int context, bool endsHideNothing)
        {
            (float before, bool beforeIsEnd) = Base(curve, first, -1, context);
            (float after, bool afterIsEnd) = Base(curve, last, 1, context);
            float higher = (endsHideNothing && beforeIsEnd, endsHideNothing && afterIsEnd) switch
            {
                (true, true) => Math.Min(before, after),
                (true, false) => after,
                (false, true) => before,
                _ => Math.Max(before, after),
            };
            return curve[first] - higher;
        }
    }

    private static (float Lowest, bool ReachedEnd) Base(ReadOnlySpan<float> curve, int from, int direction, int context)
    {
        float value = curve[from];
        float lowest = value;
        for (int distance = 1; distance <= context; distance++)
        {
            int step = from + (direction * distance);
            if (step < 0 || step >= curve.Length)
            {
                return (lowest, true);
            }

            if (curve[step] > value || (direction < 0 && curve[step] >= value))
            {
                break;
            }

            lowest = Math.Min(lowest, curve[step]);
        }

        return (lowest, false);
    }
}
