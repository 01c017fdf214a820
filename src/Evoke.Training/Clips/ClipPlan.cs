using Evoke.Curves.Randomness;
using Evoke.Curves.Signal;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sets;
using Evoke.Training.Recipes;
using Evoke.Training.Sampling;

namespace Evoke.Training.Clips;

/// <summary>Decides which steps of a video make up its clip in an epoch, and which of them count. The choice depends only on seed, epoch and video.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class ClipPlan
{
    private readonly DataRecipe _recipe;
    private readonly long _seed;

    /// <summary>Creates the plan of a run.</summary>
    public ClipPlan(DataRecipe recipe, long seed)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        _recipe = recipe;
        _seed = seed;
        UsesMask = recipe.Gaps != GapTreatment.Keep || recipe.TimeDropout > 0 || recipe.ClipSteps == 0;
    }

    /// <summary>True if clips have steps that do not count.</summary>
    public bool UsesMask { get; }

    /// <summary>The steps of a video's clip.</summary>
    /// <param name="video">The video.</param>
    /// <param name="index">Its index in the training set.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <returns>Steps in order of time, at most one clip long; fewer for shorter videos and where steps are dropped.</returns>
    public PlannedClip StepsOf(TrainingVideo video, int index, int epoch)
    {
        ArgumentNullException.ThrowIfNull(video);
        int clip = _recipe.ClipSteps == 0 ? video.Steps : _recipe.ClipSteps;
        int start = new ClipShape(clip, _recipe.Rate).Draw(_seed, epoch, index, video.Steps);
        int end = Math.Min(start + clip, video.Steps);
        var random = CounterRandom.For(_seed, RandomPurpose.TimeDropout, epoch, index);
        double share = random.NextDouble() * _recipe.TimeDropout;
        List<int> steps = [];
        for (int step = start; step < end; step++)
        {
            bool dropped = _recipe.TimeDropout > 0 && random.NextDouble() < share;
            if (!dropped && !(_recipe.Gaps == GapTreatment.Drop && IsGap(LabelsAt(video, step))))
            {
                steps.Add(step);
            }
        }

        return steps.Count > 0 ? new([.. steps], Counts: true) : new([start], Counts: false);
    }

    /// <summary>Writes labels and mask of a clip.</summary>
    /// <param name="video">The video.</param>
    /// <param name="clip">Its steps.</param>
    /// <param name="emotions">Labels per step.</param>
    /// <param name="labels">[rows, emotions]; rows after the clip's steps repeat the last one.</param>
    /// <param name="mask">[rows]: 1 where a row counts, 0 elsewhere; empty if all rows count.</param>
    public void WriteLabels(TrainingVideo video, PlannedClip clip, int emotions, Span<float> labels, Span<float> mask)
    {
        ArgumentNullException.ThrowIfNull(video);
        int rows = labels.Length / emotions;
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> found = LabelsAt(video, clip.StepAt(row));
            found.CopyTo(labels[(row * emotions)..]);
            if (!mask.IsEmpty)
            {
                mask[row] = clip.Counts && row < clip.Steps.Length && !(_recipe.Gaps != GapTreatment.Keep && IsGap(found)) ? 1 : 0;
            }
        }

        if (LabelFilterOf(_recipe.LabelFilter) is { } filter)
        {
            Smooth(filter, labels, emotions);
        }
    }

    /// <summary>The labels nearest in time to a step.</summary>
    public ReadOnlySpan<float> LabelsAt(TrainingVideo video, int step)
    {
        ArgumentNullException.ThrowIfNull(video);
        return video.LabelsNear(step / _recipe.Rate.Hertz);
    }

    /// <summary>The filter for a recipe's choice; null for none.</summary>
    public static LabelFilter? LabelFilterOf(LabelFilterKind kind) => kind switch
    {
        LabelFilterKind.None => null,
        LabelFilterKind.Butterworth => LabelFilter.Butterworth,
        LabelFilterKind.Median => LabelFilter.Median,
        LabelFilterKind.Gaussian => LabelFilter.Gaussian,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown label filter."),
    };

    // All labels are zero: no face was detected in this row.
    private static bool IsGap(ReadOnlySpan<float> labels) => !labels.ContainsAnyExcept(0f);

    private static void Smooth(LabelFilter filter, Span<float> labels, int emotions)
    {
        double[] curve = new double[labels.Length / emotions];
        for (int emotion = 0; emotion < emotions; emotion++)
        {
            for (int row = 0; row < curve.Length; row++)
            {
                curve[row] = labels[(row * emotions) + emotion];
            }

            double[] smooth = filter.Apply(curve);
            for (int row = 0; row < curve.Length; row++)
            {
                labels[(row * emotions) + emotion] = (float)smooth[row];
            }
        }
    }
}
