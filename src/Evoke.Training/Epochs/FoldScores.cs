namespace Evoke.Training.Epochs;

/// <summary>Levels of labels, and how well predictions of steps follow them within each video.</summary>
internal static class FoldScores
{
    private const double Guard = 1e-6; // as in the challenge's Pearson

    /// <summary>The mean label of each curve; NaN for one without labels.</summary>
    public static double[] LevelsOf(StepRows rows) =>
        [.. Enumerable.Range(0, rows.Curves).Select(curve => Known(rows.Labels, rows.Curves, curve, 0, rows.Count).DefaultIfEmpty(double.NaN).Average())];

    /// <summary>Labels minus their level, or minus their mean over the video: [rows, curves].</summary>
    public static float[] TargetsOf(StepRows rows, double[] levels, bool centre)
    {
        float[] targets = new float[rows.Labels.Length];
        foreach ((int first, int end) in VideosOf(rows))
        {
            for (int curve = 0; curve < rows.Curves; curve++)
            {
                double level = centre ? Known(rows.Labels, rows.Curves, curve, first, end).DefaultIfEmpty(0).Average() : levels[curve];
                for (int row = first; row < end; row++)
                {
                    targets[(row * rows.Curves) + curve] = (float)(rows.Labels[(row * rows.Curves) + curve] - level);
                }
            }
        }

        return targets;
    }

    /// <summary>Mean over videos and curves of Pearson's correlation over the rows of a video.</summary>
    public static double Pearson(StepRows rows, float[] targets, float[] predicted)
    {
        double sum = 0;
        int count = 0;
        foreach (Moments moments in VideosOf(rows).SelectMany(video => Enumerable.Range(0, rows.Curves).Select(
            curve => MomentsOf(rows, targets, predicted, curve, video.First, video.End))))
        {
            sum += moments.Products / (Math.Sqrt(moments.Targets * moments.Predicted) + Guard);
            count++;
        }

        return sum / count;
    }

    /// <summary>The factor for each curve that gives predictions a spread within videos of <paramref name="spread"/> times that of the labels.</summary>
    public static double[] FactorsOf(StepRows rows, float[] targets, float[] predicted, double spread) => [.. Enumerable.Range(0, rows.Curves).Select(curve =>
    {
        Moments[] videos = [.. VideosOf(rows).Select(video => MomentsOf(rows, targets, predicted, curve, video.First, video.End))];
        double own = videos.Sum(video => video.Predicted);
        return own > 0 ? spread * Math.Sqrt(videos.Sum(video => video.Targets) / own) : 1;
    })];

    // Rows of each video: [first, end)
    private static IEnumerable<(int First, int End)> VideosOf(StepRows rows)
    {
        int first = 0;
        for (int row = 1; row <= rows.Count; row++)
        {
            if (row == rows.Count || rows.Videos[row] != rows.Videos[first])
            {
                yield return (first, row);
                first = row;
            }
        }
    }

    private static IEnumerable<double> Known(float[] values, int curves, int curve, int first, int end) =>
        Enumerable.Range(first, end - first).Select(row => (double)values[(row * curves) + curve]).Where(value => !double.IsNaN(value));

    private static Moments MomentsOf(StepRows rows, float[] targets, float[] predicted, int curve, int first, int end)
    {
        int[] places = [.. Enumerable.Range(first, end - first).Select(row => (row * rows.Curves) + curve).Where(place => !float.IsNaN(targets[place]))];
        if (places.Length == 0)
        {
            return default;
        }

        double target = places.Average(place => (double)targets[place]), mean = places.Average(place => (double)predicted[place]);
        return new Moments(
            places.Sum(place => (targets[place] - target) * (targets[place] - target)),
            places.Sum(place => (predicted[place] - mean) * (predicted[place] - mean)),
            places.Sum(place => (targets[place] - target) * (predicted[place] - mean)));
    }

    // Sums of squares and of products of the distances from the means over a video.
    private readonly record struct Moments(double Targets, double Predicted, double Products);
}
