namespace Evoke.Heads.Inputs;

/// <summary>Computes the mean and standard deviation of features row by row (Welford's recurrence, in doubles): one pass, any number of rows, constant
/// memory.</summary>
/// <remarks>Not thread-safe: one thread at a time.</remarks>
public sealed class FeatureStatisticsBuilder
{
    private readonly double[] _mean;
    private readonly double[] _squares; // sums of squared distances from the mean

    /// <summary>Starts with no row.</summary>
    /// <param name="width">Features per row, at least 1.</param>
    public FeatureStatisticsBuilder(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        _mean = new double[width];
        _squares = new double[width];
    }

    /// <summary>Rows seen so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Adds rows.</summary>
    /// <param name="rows">Row-major [rows, width].</param>
    /// <exception cref="ArgumentException">The numbers are not a whole number of rows.</exception>
    public void Add(ReadOnlySpan<float> rows)
    {
        if (rows.Length % _mean.Length != 0)
        {
            throw new ArgumentException($"Expected rows of {_mean.Length} features; found {rows.Length} numbers.", nameof(rows));
        }

        for (int start = 0; start < rows.Length; start += _mean.Length)
        {
            AddRow(rows.Slice(start, _mean.Length));
        }
    }

    /// <summary>What has been gathered.</summary>
    /// <exception cref="InvalidOperationException">No row was added.</exception>
    /// <exception cref="ArgumentException">A feature was not finite.</exception>
    public FeatureStatistics Build() => Rows == 0
        ? throw new InvalidOperationException("Statistics need at least one row of features.")
        : new FeatureStatistics([.. _mean.Select(mean => (float)mean)], [.. _squares.Select(sum => (float)Math.Sqrt(sum / Rows))]);

    private void AddRow(ReadOnlySpan<float> row)
    {
        Rows++;
        for (int i = 0; i < row.Length; i++)
        {
            double distance = row[i] - _mean[i];
            _mean[i] += distance / Rows;
            _squares[i] += distance * (row[i] - _mean[i]);
        }
    }
}
