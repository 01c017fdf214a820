using Evoke.Curves;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sets;
using Evoke.Datasets.Sources;
using Evoke.Training.Clips;
using Evoke.Training.Recipes;
using Evoke.Training.Runs;

namespace Evoke.Training.Epochs;

/// <summary>Steps of the training videos with their labels, as solved heads are fitted to them.</summary>
/// <param name="Inputs">Row-major [rows, width]: the numbers of the picture, then those of the sound.</param>
/// <param name="Labels">Row-major [rows, curves]: places in each curve's range, from 0 to 1; NaN where a label is missing.</param>
/// <param name="Videos">The video of each row: [rows], ascending.</param>
internal sealed record StepRows(float[] Inputs, float[] Labels, int[] Videos)
{
    /// <summary>Number of rows.</summary>
    public int Count => Videos.Length;

    /// <summary>Numbers per row.</summary>
    public int Width => Inputs.Length / Count;

    /// <summary>Number of curves.</summary>
    public int Curves => Labels.Length / Count;

    /// <summary>How many rows <see cref="Of"/> gives.</summary>
    /// <param name="set">The videos.</param>
    /// <param name="most">About the largest number of rows; beyond it, only every second step is taken, or every third, and so on.</param>
    public static int CountOf(VideoSet set, int most)
    {
        int stride = StrideOf(set, most);
        return set.Videos.Sum(video => RowsOf(video, stride));
    }

    /// <summary>Gathers the steps, in the order of the videos and of time.</summary>
    public static StepRows Of(RunSetup plan, StepGather gather, int most, CancellationToken cancellationToken)
    {
        VideoSet set = plan.Train;
        int stride = StrideOf(set, most), seen = gather.Visual?.Width ?? 0, heard = gather.Audio?.Width ?? 0;
        int width = seen + heard, curves = set.Labels.Scheme.Count, count = CountOf(set, most);
        StepRows rows = new(new float[count * width], new float[count * curves], new int[count]);
        int row = 0;
        for (int index = 0; index < set.Videos.Count; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TrainingVideo video = set.Videos[index];
            int[] steps = [.. Enumerable.Range(0, RowsOf(video, stride)).Select(i => i * stride)];
            float[] picture = new float[steps.Length * seen], sound = new float[steps.Length * heard];
            using IOpenFeatures open = set.Features.Open(video.Id);
            if (seen > 0)
            {
                gather.WriteVisual(open, steps, picture);
            }

            if (heard > 0)
            {
                gather.WriteAudio(open, steps, sound);
            }

            for (int i = 0; i < steps.Length; i++, row++)
            {
                picture.AsSpan(i * seen, seen).CopyTo(rows.Inputs.AsSpan(row * width));
                sound.AsSpan(i * heard, heard).CopyTo(rows.Inputs.AsSpan((row * width) + seen));
                WriteLabels(plan.Recipe.Data, video, steps[i], rows.Labels.AsSpan(row * curves, curves));
                rows.Videos[row] = index;
            }
        }

        return rows;
    }

    private static int StrideOf(VideoSet set, int most) => (int)Math.Max(1, Math.Ceiling(set.Videos.Sum(video => (double)video.Steps) / most));

    private static int RowsOf(TrainingVideo video, int stride) => (video.Steps + stride - 1) / stride;

    private static void WriteLabels(DataRecipe recipe, TrainingVideo video, int step, Span<float> labels)
    {
        EmotionScheme scheme = video.Labels.Curves.Scheme;
        ReadOnlySpan<float> found = video.LabelsNear(step / recipe.Rate.Hertz);
        if (recipe.Gaps != GapTreatment.Keep && scheme.IsGap(found))
        {
            labels.Fill(float.NaN);
            return;
        }

        found.CopyTo(labels);
        scheme.ToShares(labels);
    }
}
