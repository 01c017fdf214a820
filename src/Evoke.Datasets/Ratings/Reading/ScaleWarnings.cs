using System.Globalization;
using Evoke.Files.Text;

namespace Evoke.Datasets.Ratings.Reading;

/// <summary>Finds raters and single values that are not on the scale of the others: they would widen the scale that is recognised.</summary>
internal static class ScaleWarnings
{
    // Shy raters use a part of the scale; a rater on another scale uses many times as much of it, or as little.
    private const double MostTimesAsWide = 4, LeastShareOfWidth = 0.1;

    // The values that may be mistakes, as a share of all; of few values, one.
    private const double OddShare = 0.01;
    private const int LeastValues = 20;

    /// <summary>One sentence for each rater, and one for the values.</summary>
    /// <param name="curve">The curve's name.</param>
    /// <param name="values">All its values.</param>
    public static IEnumerable<string> Of(string curve, PlacedValue[] values)
    {
        if (values.Length < LeastValues)
        {
            yield break;
        }

        PlacedValue[][] raters = [.. values.GroupBy(value => value.Rater).Select(rater => rater.OrderBy(value => value.Value).ToArray())];
        PlacedValue[][] odd = raters.Length < 2 ? [] : [.. raters.Where(rater => IsOnAnotherScale(rater, [.. raters.Where(other => other != rater)]))];
        foreach (PlacedValue[] rater in odd.Take(raters.Length == 2 ? 1 : odd.Length))
        {
            PlacedValue[][] others = [.. raters.Where(other => other != rater)];
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Curve '{curve}': rater '{rater[0].Rater}' uses {Span(rater)}, {(others.Length == 1 ? "the other rater" : "the others")} "
                + $"{Span([.. others.SelectMany(other => other).OrderBy(value => value.Value)])} ({rater[0].Place}). "
                + $"If that is another scale, convert it first.");
        }

        PlacedValue[] usual = [.. raters.Except(odd).SelectMany(rater => rater).OrderBy(value => value.Value)];
        if (odd.Length < 2 && Outside(usual) is { } outside)
        {
            PlacedValue[] found = [.. usual[..outside.Below], .. usual[^outside.Above..]];
            (PlacedValue first, string more) = (found[0], found.Length > 1 ? $" and {found.Length - 1} more" : "");
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Curve '{curve}': {Quantity.Of(found.Length, "value")} of {usual.Length} {(found.Length == 1 ? "lies" : "lie")} outside "
                + $"{Span(usual[outside.Below..^outside.Above])}, where all others are: {first.Value} by rater '{first.Rater}' ({first.Place}){more}. "
                + $"Correct mistakes, or give --range if the scale is wider.");
        }
    }

    // The outermost values are left out: one slip must not make a rater odd.
    private static bool IsOnAnotherScale(PlacedValue[] rater, PlacedValue[][] others)
    {
        double own = Width(rater);
        double[] widths = [.. others.Select(Width).Where(width => width > 0)];
        return widths.Length > 0 && own > 0 && (own >= MostTimesAsWide * widths.Max() || own <= LeastShareOfWidth * widths.Min());
    }

    private static double Width(PlacedValue[] sorted)
    {
        int cut = (int)Math.Ceiling(OddShare * sorted.Length);
        return sorted.Length > 2 * cut ? sorted[^(cut + 1)].Value - sorted[cut].Value : 0;
    }

    // How many at either end: those without which a common scale of half the width would hold, or which are farther from the rest than the rest is wide.
    private static (int Below, int Above)? Outside(PlacedValue[] sorted)
    {
        if (sorted.Length < LeastValues)
        {
            return null;
        }

        double median = sorted[sorted.Length / 2].Value;
        double width = WidthOf(CommonScales.Of(sorted[0].Value, sorted[^1].Value)) ?? sorted[^1].Value - sorted[0].Value;
        (int below, int above) = (0, 0);
        for (int most = Math.Max(1, (int)(OddShare * sorted.Length)); below + above < most;)
        {
            bool isLow = median - sorted[below].Value > sorted[^(above + 1)].Value - median;
            (below, above) = isLow ? (below + 1, above) : (below, above + 1);
            (double low, double high) = (sorted[below].Value, sorted[^(above + 1)].Value);
            bool isNarrower = WidthOf(CommonScales.Of(low, high)) <= width / 2;
            bool isFar = (below == 0 || sorted[below - 1].Value < low - (high - low)) && (above == 0 || sorted[^above].Value > high + (high - low));
            if (high > low && (isNarrower || isFar))
            {
                return (below, above);
            }
        }

        return null;
    }

    private static double? WidthOf((double Low, double High)? scale) => scale is { } found ? found.High - found.Low : null;

    private static string Span(PlacedValue[] sorted) => string.Create(CultureInfo.InvariantCulture, $"{sorted[0].Value} to {sorted[^1].Value}");
}
