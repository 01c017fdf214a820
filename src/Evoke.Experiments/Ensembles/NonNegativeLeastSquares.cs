namespace Evoke.Experiments.Ensembles;

/// <summary>Least squares with coefficients of 0 or more, from the normal equations.</summary>
internal static class NonNegativeLeastSquares
{
    private const int MostSweeps = 20_000;
    private const double Tolerance = 1e-13;

    /// <summary>Minimises w'Gw - 2 c'w over w of 0 or more, one coefficient at a time; the problem is convex, so this converges to the minimum.</summary>
    /// <param name="gram">G, row-major [n, n]: symmetric and positive semidefinite.</param>
    /// <param name="cross">c: [n].</param>
    public static double[] Solve(ReadOnlySpan<double> gram, ReadOnlySpan<double> cross)
    {
        int count = cross.Length;
        double[] weights = new double[count];
        for (int sweep = 0; sweep < MostSweeps; sweep++)
        {
            double largest = 0;
            for (int j = 0; j < count; j++)
            {
                double curvature = gram[(j * count) + j];
                if (curvature <= 0)
                {
                    continue;
                }

                double slope = cross[j];
                for (int k = 0; k < count; k++)
                {
                    slope -= gram[(j * count) + k] * weights[k];
                }

                double moved = Math.Max(0, weights[j] + (slope / curvature));
                largest = Math.Max(largest, Math.Abs(moved - weights[j]) * Math.Sqrt(curvature));
                weights[j] = moved;
            }

            if (largest < Tolerance)
            {
                break;
            }
        }

        return weights;
    }
}
