namespace Evoke.Experiments.Ensembles;

/// <summary>Shares of an ensemble's members in each emotion, fitted to labels.</summary>
/// <remarks>
/// Stacked regression (Breiman, Machine Learning 24, 1996): for each emotion the weighted sum of the members' curves, with weights of 0 or more, that is
/// closest to the labels in least squares. Each video's curves and labels are centred and scaled by their spread, since the score ignores level and
/// scale; up to scale the result is the non-negative combination with the highest correlation over all videos together. The problem is convex, so the
/// result does not depend on a starting point. Divided by their sum, which does not change the correlation, the weights are shares. Fitted shares of
/// similar members are noisy, and plain means are hard to beat (Bates and Granger, 1969, and many since), so the shares are shrunk towards equal ones, by
/// the amount that scores best on videos that were not used for the fit.
/// </remarks>
/// <param name="Shares">[members][emotions]: 0 or more, the shares of an emotion sum to 1.</param>
/// <param name="Shrinkage">How far they were shrunk towards equal shares: from 0 (not at all) to 1 (the plain mean was best).</param>
/// <param name="CrossValidatedPearson">The score on videos that the shares were not fitted on; null with fewer than two videos.</param>
internal sealed record FittedShares(double[][] Shares, double Shrinkage, double? CrossValidatedPearson)
{
    private const int MostFolds = 5;

    // Differences by rounding are no reason to prefer other shares to equal ones.
    private const double ScoreSlack = 1e-9;

    private static readonly double[] Shrinkages = [1, 0.75, 0.5, 0.25, 0];

    /// <summary>Fits them.</summary>
    /// <param name="videos">[videos][emotions].</param>
    public static FittedShares Fit(IReadOnlyList<CurveMoments[]> videos)
    {
        int members = videos[0][0].Members, emotions = videos[0].Length;
        double[][] equal = [.. Enumerable.Range(0, emotions).Select(_ => Equal(members))];
        if (videos.Count < 2)
        {
            return new(Transposed(equal), 1, null);
        }

        int folds = Math.Min(MostFolds, videos.Count);
        double[][][] fitted = [.. Enumerable.Range(0, folds).Select(fold => FitAll([.. videos.Where((_, i) => i % folds != fold)]))];
        double best = double.NegativeInfinity, shrinkage = 1;
        foreach (double candidate in Shrinkages)
        {
            double score = videos.Select((video, i) => MeanPearson(video, fitted[i % folds], candidate)).Average();
            if (score > best + ScoreSlack)
            {
                (best, shrinkage) = (score, candidate);
            }
        }

        double[][] shares = [.. FitAll(videos).Select(emotion => Shrunk(emotion, shrinkage))];
        return new(Transposed(shares), shrinkage, best);
    }

    // [emotions][members]
    private static double[][] FitAll(IReadOnlyList<CurveMoments[]> videos) =>
        [.. Enumerable.Range(0, videos[0].Length).Select(emotion => FitOne(videos.Select(video => video[emotion]), videos[0][emotion].Members))];

    private static double[] FitOne(IEnumerable<CurveMoments> videos, int members)
    {
        double[] gram = new double[members * members], cross = new double[members], usual = Equal(members);
        foreach (CurveMoments video in videos)
        {
            video.AddTo(usual, gram, cross);
        }

        double[] weights = NonNegativeLeastSquares.Solve(gram, cross);
        double sum = weights.Sum();
        return sum > 0 ? [.. weights.Select(weight => weight / sum)] : usual; // no member correlates with the labels
    }

    private static double MeanPearson(CurveMoments[] video, double[][] shares, double shrinkage) =>
        video.Select((emotion, i) => emotion.PearsonOf(Shrunk(shares[i], shrinkage))).Average();

    private static double[] Shrunk(double[] shares, double shrinkage) => [.. shares.Select(share => ((1 - shrinkage) * share) + (shrinkage / shares.Length))];

    private static double[] Equal(int members) => [.. Enumerable.Repeat(1.0 / members, members)];

    private static double[][] Transposed(double[][] rows) =>
        [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Select(row => row[column]).ToArray())];
}
