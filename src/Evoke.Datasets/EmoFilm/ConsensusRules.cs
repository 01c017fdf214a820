using System.Collections.Immutable;
using Evoke.Curves.Ratings;

namespace Evoke.Datasets.EmoFilm;

/// <summary>The rules by which the authors of Emo-FilM made one curve of several raters' (Morgenroth and others, 2024).</summary>
/// <remarks>
/// Gaps are interpolated; a rater's traces of one item become z-scores over all films; traces that are constant, or that go beyond 15 standard deviations, are
/// left out. Of four raters that remain, the worst is left out where the mean correlation between raters rises by 0.2 or more; of five and more always one;
/// of three and fewer none. Then the mean is taken. The worst is the rater without whom the mean correlation is highest.
/// </remarks>
internal static class ConsensusRules
{
    private const double MostDeviations = 15;
    private const double LeastRise = 0.2;
    private const int Few = 4; // With fewer raters none is left out, with more always one.

    /// <summary>The raters who make up each curve, in standard deviations.</summary>
    /// <param name="curves">All curves of all films, also of films without labels: z-scores are over all.</param>
    /// <returns>The curves without the raters who are left out; a curve without any rater left is left out too.</returns>
    public static ImmutableArray<RatedCurve> Of(IReadOnlyList<RatedCurve> curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        return [.. RaterScale.Standardise([.. curves.Select(WithoutGaps)]).Select(Screened).OfType<RatedCurve>()];
    }

    private static RatedCurve WithoutGaps(RatedCurve curve) =>
        With(curve, Enumerable.Range(0, curve.Raters.Length), rater => Filled(curve.Of(rater).ToArray()));

    // Linear between two values; before the first and after the last one, that one.
    private static double[] Filled(double[] values)
    {
        int last = -1;
        for (int i = 0; i <= values.Length; i++)
        {
            bool isEnd = i == values.Length;
            if (!isEnd && double.IsNaN(values[i]))
            {
                continue;
            }

            for (int gap = last + 1; gap < i && (last >= 0 || !isEnd); gap++)
            {
                values[gap] = last < 0 ? values[i]
                    : isEnd ? values[last]
                    : values[last] + ((values[i] - values[last]) * (gap - last) / (i - last));
            }

            last = i;
        }

        return values;
    }

    private static RatedCurve? Screened(RatedCurve curve)
    {
        int[] usable = [.. Enumerable.Range(0, curve.Raters.Length).Where(rater => !curve.IsConstant(rater) && IsWithin(curve.Of(rater)))];
        if (usable.Length == 0)
        {
            return null;
        }

        RatedCurve all = Only(curve, usable);
        if (usable.Length < Few)
        {
            return all;
        }

        RatedCurve best = usable.Select(worst => Only(curve, usable.Where(rater => rater != worst))).MaxBy(CorrelationOf)!;
        return usable.Length > Few || CorrelationOf(best) - CorrelationOf(all) >= LeastRise ? best : all;
    }

    private static bool IsWithin(ReadOnlySpan<double> scores)
    {
        foreach (double score in scores)
        {
            if (Math.Abs(score) > MostDeviations)
            {
                return false;
            }
        }

        return true;
    }

    private static double CorrelationOf(RatedCurve curve) => Agreement.Of(curve).Pearson ?? -1;

    private static RatedCurve Only(RatedCurve curve, IEnumerable<int> raters) => With(curve, raters, rater => curve.Of(rater).ToArray());

    private static RatedCurve With(RatedCurve curve, IEnumerable<int> raters, Func<int, double[]> valuesOf)
    {
        int[] chosen = [.. raters];
        return new RatedCurve(curve.VideoId, curve.Curve, [.. chosen.Select(rater => curve.Raters[rater])], curve.Grid, [.. chosen.Select(valuesOf)]);
    }
}
