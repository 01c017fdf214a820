namespace Evoke.Curves.Metrics;

/// <summary>
/// Statistics of two curves for Pearson's and the concordance correlation and for their differences, accumulated pair by pair in one pass and constant memory
/// (Welford; Chan et al. for merging).
/// </summary>
/// <remarks>
/// A mutable value type: keep it in a field, a local variable or an array element. The default value is empty.
/// Not thread-safe: one thread at a time.
/// </remarks>
public struct PairedStatistics
{
    // Added to the denominator of the challenge's metric, so that a constant curve scores 0, not NaN.
    private const double PearsonEpsilon = 1e-6;

    private double _meanX;
    private double _meanY;
    private double _sumXX; // of squared deviations from the mean
    private double _sumYY;
    private double _sumXY;
    private double _sumSquares; // of x - y
    private double _sumAbsolute;

    /// <summary>Number of pairs.</summary>
    public long Count { get; private set; }

    /// <summary>
    /// Pearson's correlation as defined by the challenge (PAPER: Metric): sum(vx vy) / (sqrt(sum vx² · sum vy²) + 1e-6) where v are the deviations
    /// from the mean, in [-1,1]. 0 if either curve is constant or nothing was added; never NaN for finite values.
    /// </summary>
    public readonly double Pearson => _sumXY / ((Math.Sqrt(_sumXX) * Math.Sqrt(_sumYY)) + PearsonEpsilon);

    /// <summary>
    /// Lin's concordance correlation (PAPER equation 1): 2 cov(x,y) / (var x + var y + (mean x - mean y)²) with population variances, in [-1,1].
    /// 0 if both curves are the same constant or nothing was added; never NaN for finite values.
    /// </summary>
    public readonly double Concordance
    {
        get
        {
            if (Count == 0)
            {
                return 0;
            }

            double shift = _meanX - _meanY;
            double denominator = ((_sumXX + _sumYY) / Count) + (shift * shift);
            return denominator > 0 ? 2 * _sumXY / Count / denominator : 0;
        }
    }

    /// <summary>The root of the mean squared difference, in the unit of the values; 0 if nothing was added.</summary>
    public readonly double RootMeanSquareError => Count == 0 ? 0 : Math.Sqrt(_sumSquares / Count);

    /// <summary>The mean absolute difference, in the unit of the values; 0 if nothing was added.</summary>
    public readonly double MeanAbsoluteError => Count == 0 ? 0 : _sumAbsolute / Count;

    /// <summary>Adds one pair of finite values.</summary>
    public void Add(double x, double y)
    {
        Count++;
        double deltaX = x - _meanX;
        double deltaY = y - _meanY;
        _meanX += deltaX / Count;
        _meanY += deltaY / Count;
        _sumXX += deltaX * (x - _meanX);
        _sumYY += deltaY * (y - _meanY);
        _sumXY += deltaX * (y - _meanY);
        _sumSquares += (x - y) * (x - y);
        _sumAbsolute += Math.Abs(x - y);
    }

    /// <summary>Adds all pairs of another set.</summary>
    public void Merge(PairedStatistics other)
    {
        if (other.Count == 0)
        {
            return;
        }

        double deltaX = other._meanX - _meanX;
        double deltaY = other._meanY - _meanY;
        double count = Count + other.Count;
        double weight = Count * (other.Count / count);
        _sumXX += other._sumXX + (deltaX * deltaX * weight);
        _sumYY += other._sumYY + (deltaY * deltaY * weight);
        _sumXY += other._sumXY + (deltaX * deltaY * weight);
        _meanX += deltaX * other.Count / count;
        _meanY += deltaY * other.Count / count;
        _sumSquares += other._sumSquares;
        _sumAbsolute += other._sumAbsolute;
        Count += other.Count;
    }

    /// <summary>Computes the statistics of two curves.</summary>
    /// <exception cref="ArgumentException">The curves differ in length.</exception>
    public static PairedStatistics Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length)
        {
            throw new ArgumentException($"Two curves must have the same length; found {x.Length} and {y.Length} values.", nameof(y));
        }

        PairedStatistics statistics = default;
        for (int i = 0; i < x.Length; i++)
        {
            statistics.Add(x[i], y[i]);
        }

        return statistics;
    }
}
