using System.Collections.Immutable;

namespace Evoke.Curves.Ratings;

/// <summary>One curve made of those of several raters, and how far these are apart. Immutable and thread-safe.</summary>
/// <remarks>At a step where fewer than half of the raters have a value, there is no curve: whom it is made of would change from step to step.</remarks>
public sealed class GoldStandard
{
    private GoldStandard(ImmutableArray<double> values, ImmutableArray<double> spread, ImmutableArray<double> weights, bool isUnweighted) =>
        (Values, Spread, Weights, IsUnweighted) = (values, spread, weights, isUnweighted);

    /// <summary>The curve: [steps], NaN where fewer than half of the raters have a value.</summary>
    public ImmutableArray<double> Values { get; }

    /// <summary>Standard deviation of the raters at each step (n - 1): [steps], NaN where fewer than two have a value, or there is no curve.</summary>
    public ImmutableArray<double> Spread { get; }

    /// <summary>The weight of each rater: 1 for mean and median; 0 or more for EWE; none for a published curve.</summary>
    public ImmutableArray<double> Weights { get; }

    /// <summary>True if EWE found no rater who agrees with the others, so that the curve is the mean.</summary>
    public bool IsUnweighted { get; }

    /// <summary>A curve that others made of the raters' curves.</summary>
    /// <param name="values">The curve: [steps], NaN where there is none.</param>
    /// <param name="spread">Standard deviation of the raters: [steps], NaN where it is not known.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static GoldStandard Published(ImmutableArray<double> values, ImmutableArray<double> spread) => values.Length == spread.Length
        ? new GoldStandard(values, spread, [], isUnweighted: false)
        : throw new ArgumentException($"Expected as many deviations as values; found {spread.Length} and {values.Length}.", nameof(spread));

    /// <summary>Makes one curve of a rated curve.</summary>
    public static GoldStandard Of(RatedCurve curve, GoldStandardKind kind)
    {
        ArgumentNullException.ThrowIfNull(curve);
        double[] weights = [.. Enumerable.Repeat(1.0, curve.Raters.Length)];
        bool isUnweighted = false;
        if (kind == GoldStandardKind.Ewe && curve.Raters.Length > 1)
        {
            double[] agreement = Array.ConvertAll(Agreement.WithMeanOfOthers(curve.Common()), found => double.IsNaN(found) ? 0 : Math.Max(0, found));
            isUnweighted = agreement.All(weight => weight == 0);
            weights = isUnweighted ? weights : agreement;
        }

        ImmutableArray<double>.Builder values = ImmutableArray.CreateBuilder<double>(curve.Grid.Count);
        ImmutableArray<double>.Builder spread = ImmutableArray.CreateBuilder<double>(curve.Grid.Count);
        List<(double Value, double Weight)> here = new(curve.Raters.Length);
        for (int step = 0; step < curve.Grid.Count; step++)
        {
            here.Clear();
            for (int rater = 0; rater < curve.Raters.Length; rater++)
            {
                if (curve.Of(rater)[step] is var value && !double.IsNaN(value))
                {
                    here.Add((value, weights[rater]));
                }
            }

            bool isEnough = here.Count > 0 && 2 * here.Count >= curve.Raters.Length;
            values.Add(!isEnough ? double.NaN : kind == GoldStandardKind.Median ? MedianOf(here) : MeanOf(here));
            spread.Add(isEnough ? DeviationOf(here) : double.NaN);
        }

        return new GoldStandard(values.MoveToImmutable(), spread.MoveToImmutable(), [.. weights], isUnweighted);
    }

    // NaN if all who have a value here have no weight.
    private static double MeanOf(List<(double Value, double Weight)> here)
    {
        double weight = here.Sum(one => one.Weight);
        return weight > 0 ? here.Sum(one => one.Value * one.Weight) / weight : double.NaN;
    }

    private static double MedianOf(List<(double Value, double Weight)> here)
    {
        double[] sorted = [.. here.Select(one => one.Value).Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static double DeviationOf(List<(double Value, double Weight)> here)
    {
        if (here.Count < 2)
        {
            return double.NaN;
        }

        double mean = here.Average(one => one.Value);
        return Math.Sqrt(here.Sum(one => (one.Value - mean) * (one.Value - mean)) / (here.Count - 1));
    }
}
