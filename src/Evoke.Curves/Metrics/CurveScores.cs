namespace Evoke.Curves.Metrics;

/// <summary>How well one predicted curve agrees with its labels, over the rows of one video or of several together.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Rows">Number of rows compared: those with a label. At least 1.</param>
/// <param name="Pearson">Pearson's correlation as the challenge defines it, in [-1,1]; see <see cref="PairedStatistics.Pearson"/>. 0 for a constant
/// curve.</param>
/// <param name="Spearman">The same of the ranks, in [-1,1]; equal values share the mean of their ranks. 0 for a constant curve.</param>
/// <param name="Ccc">Lin's concordance correlation, in [-1,1]; see <see cref="PairedStatistics.Concordance"/>.</param>
/// <param name="Rmse">The root of the mean squared error, in the unit of the labels.</param>
/// <param name="Mae">The mean absolute error, in the unit of the labels.</param>
public sealed record CurveScores(long Rows, double Pearson, double Spearman, double Ccc, double Rmse, double Mae)
{
    /// <summary>One of the scores.</summary>
    public double this[ScoreKind kind] => kind switch
    {
        ScoreKind.Pearson => Pearson,
        ScoreKind.Spearman => Spearman,
        ScoreKind.Ccc => Ccc,
        ScoreKind.Rmse => Rmse,
        ScoreKind.Mae => Mae,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown score."),
    };

    /// <summary>Compares two curves, row by row.</summary>
    /// <param name="labels">The labels, all finite.</param>
    /// <param name="predictions">The predictions at the same rows, all finite.</param>
    /// <returns>Null if there is no row.</returns>
    /// <exception cref="ArgumentException">The curves differ in length.</exception>
    public static CurveScores? Of(ReadOnlySpan<double> labels, ReadOnlySpan<double> predictions)
    {
        PairedStatistics values = PairedStatistics.Of(labels, predictions);
        if (values.Count == 0)
        {
            return null;
        }

        PairedStatistics ranks = PairedStatistics.Of(Ranks.Of(labels), Ranks.Of(predictions));
        return new(values.Count, values.Pearson, ranks.Pearson, values.Concordance, values.RootMeanSquareError, values.MeanAbsoluteError);
    }
}
