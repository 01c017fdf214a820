using System.Text.Json.Serialization;

namespace Evoke.Curves.Ratings;

/// <summary>How far raters agree on one curve of one video, over the steps that all of them have.</summary>
/// <remarks>
/// A number that is not defined is null: all of them with one rater, and those that need variance where there is none.
/// Immutable and thread-safe.
/// </remarks>
public sealed record Agreement
{
    /// <summary>Number of raters.</summary>
    public required int Raters { get; init; }

    /// <summary>Number of steps at which all raters have a value.</summary>
    public required int Steps { get; init; }

    /// <summary>Number of raters who gave the same value at all of these steps.</summary>
    public required int Constant { get; init; }

    /// <summary>Mean of Pearson's correlation over pairs of raters, in [-1, 1]; pairs with a constant trace are left out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? Pearson { get; init; }

    /// <summary>Mean of Lin's concordance correlation over pairs of raters, in [-1, 1].</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? Ccc { get; init; }

    /// <summary>ICC(2,1): reliability of a single rater (Shrout and Fleiss, 1979); at most 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? IccSingle { get; init; }

    /// <summary>ICC(2,k): reliability of the mean of all raters (Shrout and Fleiss, 1979); at most 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? IccMean { get; init; }

    /// <summary>Cronbach's alpha with sample variances; at most 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? Alpha { get; init; }

    /// <summary>The lower noise ceiling: the mean correlation of each rater with the mean of the others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? CeilingLow { get; init; }

    /// <summary>The upper noise ceiling: the mean correlation of each rater with the mean of all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? CeilingHigh { get; init; }

    /// <summary>Krippendorff's alpha for interval data; at most 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? Krippendorff { get; init; }

    /// <summary>Computes the agreement on a curve.</summary>
    public static Agreement Of(RatedCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        return Of(curve.Common());
    }

    /// <summary>Computes the agreement of complete ratings: [raters][steps], all finite.</summary>
    internal static Agreement Of(double[][] ratings)
    {
        int steps = ratings[0].Length;
        Agreement counted = new()
        {
            Raters = ratings.Length,
            Steps = steps,
            Constant = ratings.Count(row => steps > 0 && row.All(value => value == row[0])),
        };
        if (ratings.Length < 2 || steps < 2 || ratings.All(row => row.All(value => value == ratings[0][0])))
        {
            return counted;
        }

        VarianceTable table = VarianceTable.Of(ratings);
        return counted with
        {
            Pearson = MeanOverPairs(ratings, (x, y) => Correlation.Pearson(x, y)),
            Ccc = MeanOverPairs(ratings, (x, y) => Correlation.Concordance(x, y)),
            IccSingle = table.IccSingle,
            IccMean = table.IccMean,
            Alpha = table.Cronbach,
            CeilingLow = MeanOfDefined(WithMeanOfOthers(ratings)),
            CeilingHigh = MeanOfDefined(WithMeanOfAll(ratings)),
            Krippendorff = table.Krippendorff,
        };
    }

    /// <summary>The correlation of each rater with the mean of the others: [raters], NaN where it is undefined.</summary>
    internal static double[] WithMeanOfOthers(double[][] ratings)
    {
        double[] sum = SumOf(ratings);
        return Array.ConvertAll(ratings, row => Correlation.Pearson(row, MeanWithout(row, sum, ratings.Length - 1)));
    }

    private static double[] WithMeanOfAll(double[][] ratings)
    {
        double[] sum = SumOf(ratings);
        return Array.ConvertAll(ratings, row => Correlation.Pearson(row, sum));
    }

    private static double[] SumOf(double[][] ratings)
    {
        double[] sum = new double[ratings[0].Length];
        foreach (double[] row in ratings)
        {
            for (int step = 0; step < sum.Length; step++)
            {
                sum[step] += row[step];
            }
        }

        return sum;
    }

    private static double[] MeanWithout(double[] row, double[] sum, int others)
    {
        double[] mean = new double[row.Length];
        for (int step = 0; step < mean.Length; step++)
        {
            mean[step] = (sum[step] - row[step]) / others;
        }

        return mean;
    }

    private static double? MeanOverPairs(double[][] ratings, Func<double[], double[], double> of) => MeanOfDefined(
        from i in Enumerable.Range(0, ratings.Length)
        from j in Enumerable.Range(i + 1, ratings.Length - i - 1)
        select of(ratings[i], ratings[j]));

    private static double? MeanOfDefined(IEnumerable<double> numbers)
    {
        double[] defined = [.. numbers.Where(number => !double.IsNaN(number))];
        return defined.Length > 0 ? defined.Average() : null;
    }
}
