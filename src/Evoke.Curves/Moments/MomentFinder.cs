namespace Evoke.Curves.Moments;

/// <summary>Finds the peaks and dips of curves by prominence.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class MomentFinder
{
    /// <summary>The strongest moments, in order of time.</summary>
    /// <remarks>
    /// Curves of the 15 emotions differ in range by a factor of 30 and more, so moments are ranked by prominence in standard deviations of
    /// their own curve: a rare spike of awe of 0.03 may outrank a rise of interest of 0.3 that recurs every ten seconds.
    /// </remarks>
    /// <param name="curves">Finite values.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public static IReadOnlyList<Moment> Find(EmotionCurves curves, MomentOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(curves);
        options ??= new MomentOptions();
        options.Validate();
        return [.. Enumerable.Range(0, curves.Scheme.Count)
            .SelectMany(emotion => Strongest(All(curves, emotion, options), options, curves.Grid.Rate))
            .OrderByDescending(moment => moment.Strength)
            .ThenByDescending(moment => moment.Prominence)
            .Take(options.Limit)
            .OrderBy(moment => moment.Step)
            .ThenByDescending(moment => moment.Strength)];
    }

    private static List<Moment> Strongest(IEnumerable<Moment> moments, MomentOptions options, Rate rate)
    {
        List<Moment> kept = [];
        foreach (Moment moment in moments.OrderByDescending(moment => moment.Strength).ThenBy(moment => moment.Step))
        {
            if (kept.Count == options.LimitPerEmotion || moment.Strength < options.MinimumStrength)
            {
                break;
            }

            if (!kept.Any(other => other.Kind == moment.Kind && Math.Abs(other.Step - moment.Step) / rate.Hertz < options.MinimumGapSeconds))
            {
                kept.Add(moment);
            }
        }

        return kept;
    }

    private static IEnumerable<Moment> All(EmotionCurves curves, int emotion, MomentOptions options)
    {
        float[] curve = curves.Column(emotion);
        if (curve.Length == 0)
        {
            return [];
        }

        // A low at an end of the video is only where an emotion starts or ends; a high there may be the opening or the climax.
        int context = (int)Math.Min(curve.Length, Math.Ceiling(options.ContextSeconds * curves.Grid.Rate.Hertz));
        double unit = StandardDeviation(curve) + (options.StandardDeviationFloor * curves.Scheme.Ranges[emotion].Width);
        double least = options.MinimumProminence * curves.Scheme.Ranges[emotion].Width;
        IEnumerable<Moment> peaks = OfKind(MomentKind.Peak, curve);
        return options.Dips ? peaks.Concat(OfKind(MomentKind.Dip, curve)) : peaks;

        IEnumerable<Moment> OfKind(MomentKind kind, float[] values)
        {
            float[] upright = kind == MomentKind.Peak ? values : [.. values.Select(value => -value)];
            foreach (Extremum extremum in Extremum.Maxima(upright, context, endsHideNothing: kind == MomentKind.Peak).Where(one => one.Prominence >= least))
            {
                double level = upright[extremum.First] - (options.ExtentHeight * extremum.Prominence);
                int start = Reach(upright, extremum.First, -1, level);
                int middle = (extremum.First + extremum.Last) / 2;
                int end = Reach(upright, extremum.Last, 1, level);
                yield return new Moment(emotion, kind, start, middle, end, values[middle], extremum.Prominence) { Strength = extremum.Prominence / unit };
            }
        }
    }

    /// <summary>The last step on one side of a maximum at which the curve is still at or above a level.</summary>
    private static int Reach(float[] curve, int from, int direction, double level)
    {
        int step = from;
        while (step + direction >= 0 && step + direction < curve.Length && curve[step + direction] >= level)
        {
            step += direction;
        }

        return step;
    }

    private static double StandardDeviation(float[] curve)
    {
        double mean = curve.Average(value => (double)value);
        return Math.Sqrt(curve.Average(value => (value - mean) * (value - mean)));
    }
}
