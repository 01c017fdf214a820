namespace Evoke.Experiments.Ensembles;

/// <summary>What the score of any weighted mean of curves needs from one video and emotion: second moments about the video's own means.</summary>
internal sealed class CurveMoments
{
    // As in the metric of the challenge.
    private const double PearsonEpsilon = 1e-6;

    private readonly double[] _gram; // [members, members]
    private readonly double[] _cross; // [members], with the labels
    private readonly double _labelLength;

    private CurveMoments(double[] gram, double[] cross, double labelLength) => (_gram, _cross, _labelLength) = (gram, cross, labelLength);

    /// <summary>Number of members.</summary>
    public int Members => _cross.Length;

    /// <summary>Computes the moments.</summary>
    /// <param name="labels">One emotion of one video: [rows].</param>
    /// <param name="members">What each member predicts: [rows] each.</param>
    public static CurveMoments Of(float[] labels, float[][] members)
    {
        double[] shown = Centred(labels);
        double[][] predicted = [.. members.Select(Centred)];
        double[] gram = new double[members.Length * members.Length];
        for (int i = 0; i < members.Length; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                gram[(i * members.Length) + j] = gram[(j * members.Length) + i] = Product(predicted[i], predicted[j]);
            }
        }

        return new(gram, [.. predicted.Select(curve => Product(curve, shown))], Math.Sqrt(Product(shown, shown)));
    }

    /// <summary>The Pearson correlation of the labels with the members' weighted mean, as the challenge computes it.</summary>
    public double PearsonOf(ReadOnlySpan<double> shares)
    {
        double cross = 0;
        for (int i = 0; i < shares.Length; i++)
        {
            cross += shares[i] * _cross[i];
        }

        return cross / ((LengthOf(shares) * _labelLength) + PearsonEpsilon);
    }

    /// <summary>Adds the video to normal equations in which each video has the same weight, however large its labels and curves are.</summary>
    /// <param name="usual">The shares of the mean whose spread is the unit of this video's curves.</param>
    /// <param name="gram">[members, members].</param>
    /// <param name="cross">[members].</param>
    public void AddTo(ReadOnlySpan<double> usual, Span<double> gram, Span<double> cross)
    {
        double unit = LengthOf(usual);
        // The metric of a constant or nearly constant video is about 0 whatever the shares.
        if (unit * _labelLength <= PearsonEpsilon)
        {
            return;
        }

        for (int i = 0; i < gram.Length; i++)
        {
            gram[i] += _gram[i] / (unit * unit);
        }

        for (int i = 0; i < cross.Length; i++)
        {
            cross[i] += _cross[i] / (unit * _labelLength);
        }
    }

    private double LengthOf(ReadOnlySpan<double> shares)
    {
        double square = 0;
        for (int i = 0; i < shares.Length; i++)
        {
            for (int j = 0; j < shares.Length; j++)
            {
                square += shares[i] * shares[j] * _gram[(i * shares.Length) + j];
            }
        }

        return Math.Sqrt(Math.Max(0, square));
    }

    private static double[] Centred(float[] curve)
    {
        double mean = curve.Length == 0 ? 0 : curve.Average(value => (double)value);
        return Array.ConvertAll(curve, value => value - mean);
    }

    private static double Product(double[] x, double[] y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }
}
