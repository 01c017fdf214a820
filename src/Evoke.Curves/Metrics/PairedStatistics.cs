namespace Evoke.Curves.Metrics;

/// <summary>What Pearson's and the concordance correlation need of two curves, gathered pair by pair in one pass and constant memory (Welford; Chan et al. for merging).</summary>
/// <remarks>A mutable value type: keep it in a field, a local or an array element. Default is empty.</remarks>
public struct PairedStatistics
{
    // In the denominator of the challenge's metric: a constant curve scores 0, not NaN.
    private const double PearsonEpsilon = 1e-6;

    private double _meanX;
    private double _meanY;
    private double _sumXX; // of squared deviations from the mean
    private double _sumYY;
    private double _sumXY;

    /// <summary>How many pairs were added.</summary>
    public long Count { get; private set; }

    /// <summary>
    /// Pearson's correlation as the challenge has it (PAPER: Metric): sum(vx vy) / (sqrt(sum vx² · sum vy²) + 1e-6) with v the deviations from the mean,
    /// in [-1,1]. 0 if either curve is constant or nothing was added; never NaN for finite values.
    /// </summary>
    public readonly double Pearson => _sumXY / ((Math.Sqrt(_sumXX) * Math.Sqrt(_sumYY)) + PearsonEpsilon);

    /// <summary>
    /// Lin's concordance correlation (PAPER equation 1): 2 cov(x,y) / (var x + var y + (mean x - mean y)²) with population variances, in [-1,1].
    /// 0 if both curves are one and the same constant or nothing was added; never NaN for finite values.
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
        Count += other.Count;
    }

    /// <summary>The statistics of two curves.</summary>
    /// <exception cref="ArgumentException">The curves are not equally long.</exception>
    public static PairedStatistics Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length)
        {
            throw new ArgumentException($"Two curves must be equally long to be compared; found {x.Length} and {y.Length} values.", nameof(y));
        }

        PairedStatistics statistics = default;
        for (int i = 0; i < x.Length; i++)
        {
            statistics.Add(x[i], y[i]);
        }

        return statistics;
    }
}
