namespace Evoke.Curves.Ratings;

/// <summary>Correlations that are undefined (NaN), not 0, where a curve is constant.</summary>
internal static class Correlation
{
    /// <summary>Pearson's correlation; NaN if either curve is constant or shorter than two values.</summary>
    public static double Pearson(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Sums sums = Sums.Of(x, y);
        // Two roots: the product of two small sums may be 0.
        return sums.XX > 0 && sums.YY > 0 ? Math.Clamp(sums.XY / (Math.Sqrt(sums.XX) * Math.Sqrt(sums.YY)), -1, 1) : double.NaN;
    }

    /// <summary>Lin's concordance correlation with population variances; NaN if both curves are the same constant, or empty.</summary>
    public static double Concordance(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Sums sums = Sums.Of(x, y);
        double shift = sums.MeanX - sums.MeanY;
        double denominator = sums.XX + sums.YY + (x.Length * shift * shift);
        return denominator > 0 ? 2 * sums.XY / denominator : double.NaN;
    }

    // Means, and sums of products of deviations from them. Deviations that are rounding errors of a constant count as none.
    private readonly record struct Sums(double MeanX, double MeanY, double XX, double YY, double XY)
    {
        private const double Rounding = 1e-24;

        public static Sums Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
        {
            // Sums of distances from the first value: of a constant they are 0, however long it is.
            (double firstX, double firstY) = x.IsEmpty ? (0, 0) : (x[0], y[0]);
            (double meanX, double meanY) = (0, 0);
            for (int i = 0; i < x.Length; i++)
            {
                meanX += x[i] - firstX;
                meanY += y[i] - firstY;
            }

            meanX = firstX + (meanX / x.Length);
            meanY = firstY + (meanY / x.Length);
            (double xx, double yy, double xy) = (0, 0, 0);
            for (int i = 0; i < x.Length; i++)
            {
                (double a, double b) = (x[i] - meanX, y[i] - meanY);
                xx += a * a;
                yy += b * b;
                xy += a * b;
            }

            return new Sums(meanX, meanY, Kept(xx, meanX, x.Length), Kept(yy, meanY, x.Length), xy);
        }

        private static double Kept(double sum, double mean, int count) => sum > Rounding * count * mean * mean ? sum : 0;
    }
}
