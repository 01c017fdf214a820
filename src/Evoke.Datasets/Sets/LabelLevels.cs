using Evoke.Datasets.Labels;

namespace Evoke.Datasets.Sets;

/// <summary>The typical label values of a set.</summary>
public static class LabelLevels
{
    // A head that ends in a sigmoid reaches neither 0 nor 1.
    private const double Least = 1e-4;

    /// <summary>The mean label of each emotion over the rows that training uses, kept in (0, 1).</summary>
    /// <param name="set">The videos.</param>
    /// <param name="gaps">How training treats rows without labels: unless they are kept, they do not count.</param>
    public static double[] Of(VideoSet set, GapTreatment gaps)
    {
        ArgumentNullException.ThrowIfNull(set);
        double[] sums = new double[set.Labels.Scheme.Count];
        long rows = 0;
        foreach (TrainingVideo video in set.Videos)
        {
            for (int row = 0; row < video.Labels.Curves.Grid.Count; row++)
            {
                ReadOnlySpan<float> labels = video.Labels.Curves.Row(row);
                if (gaps == GapTreatment.Keep || labels.ContainsAnyExcept(0f))
                {
                    rows++;
                    Add(labels, sums);
                }
            }
        }

        return [.. sums.Select(sum => Math.Clamp(sum / Math.Max(1, rows), Least, 1 - Least))];
    }

    private static void Add(ReadOnlySpan<float> labels, double[] sums)
    {
        for (int emotion = 0; emotion < sums.Length; emotion++)
        {
            sums[emotion] += labels[emotion];
        }
    }
}
