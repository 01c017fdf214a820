using Evoke.Curves;
using Evoke.Datasets.Labels;

namespace Evoke.Datasets.Sets;

/// <summary>The typical label values of a set.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class LabelLevels
{
    // A head that ends in a sigmoid reaches neither 0 nor 1.
    private const double Least = 1e-4;

    /// <summary>
    /// The mean label of each emotion over the rows that training uses, as a share of its range, kept in (0, 1); the middle of the range if there is no label.
    /// </summary>
    /// <param name="set">The videos.</param>
    /// <param name="gaps">How training treats rows without labels: unless they are kept, they do not count.</param>
    public static double[] Of(VideoSet set, GapTreatment gaps)
    {
        ArgumentNullException.ThrowIfNull(set);
        EmotionScheme scheme = set.Labels.Scheme;
        double[] sums = new double[scheme.Count];
        long[] counts = new long[scheme.Count];
        foreach (TrainingVideo video in set.Videos)
        {
            for (int row = 0; row < video.Labels.Curves.Grid.Count; row++)
            {
                ReadOnlySpan<float> labels = video.Labels.Curves.Row(row);
                if (gaps == GapTreatment.Keep || !scheme.IsGap(labels))
                {
                    Add(labels, sums, counts);
                }
            }
        }

        return [.. sums.Select((sum, emotion) => LevelOf(scheme.Ranges[emotion], sum, counts[emotion]))];
    }

    private static double LevelOf(CurveRange range, double sum, long count)
    {
        double share = count == 0 ? 0.5 : ((sum / count) - range.Low) / range.Width;
        return Math.Clamp(share, Least, 1 - Least);
    }

    private static void Add(ReadOnlySpan<float> labels, double[] sums, long[] counts)
    {
        for (int emotion = 0; emotion < sums.Length; emotion++)
        {
            if (!float.IsNaN(labels[emotion]))
            {
                sums[emotion] += labels[emotion];
                counts[emotion]++;
            }
        }
    }
}
