namespace Evoke.Cluster.Planning;

/// <summary>A cost that has a part for each video and a part for each of its seconds, neither below 0.</summary>
internal readonly record struct CostLine(double Each, double PerSecond)
{
    public double At(double seconds) => Each + (PerSecond * seconds);

    /// <summary>Least squares of relative errors, so that a short video counts as much as a long one.</summary>
    public static CostLine Through(IReadOnlyList<(double Seconds, double Cost)> points)
    {
        double total = 0, x = 0, y = 0;
        foreach ((double seconds, double cost) in points)
        {
            double weight = 1 / (cost * cost);
            (total, x, y) = (total + weight, x + (weight * seconds), y + (weight * cost));
        }

        double meanX = x / total, meanY = y / total, covariance = 0, variance = 0;
        foreach ((double seconds, double cost) in points)
        {
            double weight = 1 / (cost * cost);
            covariance += weight * (seconds - meanX) * (cost - meanY);
            variance += weight * (seconds - meanX) * (seconds - meanX);
        }

        double slope = covariance / variance, each = meanY - (slope * meanX);
        return double.IsFinite(slope) && slope >= 0 && each >= 0 ? new(each, slope)
            : slope < 0 ? new(meanY, 0)
            : new(0, meanY / meanX);
    }
}
