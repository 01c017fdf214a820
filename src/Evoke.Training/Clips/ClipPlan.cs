using Evoke.Curves;
using Evoke.Curves.Randomness;
using Evoke.Curves.Signal;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sets;
using Evoke.Training.Recipes;
using Evoke.Training.Sampling;

namespace Evoke.Training.Clips;

/// <summary>Decides which steps of a video make up its clip in an epoch, and which of them count. The choice depends only on seed, epoch and video.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed class ClipPlan
{
    private readonly DataRecipe _recipe;
    private readonly long _seed;
    private readonly bool _labelsAreMissing;
    private readonly SpreadWeights? _weights;

    /// <summary>Creates the plan of a run.</summary>
    /// <param name="recipe">The recipe's data section.</param>
    /// <param name="seed">The recipe's seed.</param>
    /// <param name="labelsAreMissing">True if single labels of the training set are missing; see <see cref="LabelSet.HasMissing"/>.</param>
    /// <param name="weights">How much labels weigh; null if all weigh the same.</param>
    public ClipPlan(DataRecipe recipe, long seed, bool labelsAreMissing = false, SpreadWeights? weights = null)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        _recipe = recipe;
        _seed = seed;
        _labelsAreMissing = labelsAreMissing;
        _weights = weights;
        UsesMask = labelsAreMissing || recipe.Gaps != GapTreatment.Keep || recipe.TimeDropout > 0 || recipe.ClipSteps == 0;
    }

    /// <summary>True if clips have labels that do not count.</summary>
    public bool UsesMask { get; }

    /// <summary>True if labels weigh differently.</summary>
    public bool HasWeights => _weights is not null;

    /// <summary>Numbers of the mask per row: one per emotion if single labels may be missing, 1 if whole rows count or not, 0 if all count.</summary>
    public int MaskWidth(int emotions) => _labelsAreMissing ? emotions : UsesMask ? 1 : 0;

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
            if (!dropped && !(_recipe.Gaps == GapTreatment.Drop && video.Labels.Curves.Scheme.IsGap(LabelsAt(video, step))))
            {
                steps.Add(step);
            }
        }

        return steps.Count > 0 ? new([.. steps], Counts: true) : new([start], Counts: false);
    }

    /// <summary>Writes labels and mask of a clip.</summary>
    /// <param name="video">The video.</param>
    /// <param name="clip">Its steps.</param>
    /// <param name="labels">
    /// [rows, emotions]: shares of each emotion's range, 0 where a label is missing; rows after the clip's steps repeat the last one.
    /// </param>
    /// <param name="mask">[rows, <see cref="MaskWidth"/>]: 1 where a label counts, 0 elsewhere.</param>
    public void WriteLabels(TrainingVideo video, PlannedClip clip, Span<float> labels, Span<float> mask)
    {
        ArgumentNullException.ThrowIfNull(video);
        EmotionScheme scheme = video.Labels.Curves.Scheme;
        int emotions = scheme.Count, rows = labels.Length / emotions, masked = mask.Length / rows;
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> found = LabelsAt(video, clip.StepAt(row));
            found.CopyTo(labels[(row * emotions)..]);
            bool counts = clip.Counts && row < clip.Steps.Length && !(_recipe.Gaps != GapTreatment.Keep && scheme.IsGap(found));
            for (int i = 0; i < masked; i++)
            {
                mask[(row * masked) + i] = counts && !(masked == emotions && float.IsNaN(found[i])) ? 1 : 0;
            }
        }

        scheme.ToShares(labels);
        if (_recipe.LabelFilter.ToFilter() is { } filter)
        {
            Smooth(filter, labels, emotions);
        }

        labels.Replace(float.NaN, 0); // their mask is 0
    }

    /// <summary>Writes how much each label of a clip weighs.</summary>
    /// <param name="video">The video.</param>
    /// <param name="clip">Its steps.</param>
    /// <param name="weights">[rows, emotions]; empty if all weigh the same.</param>
    public void WriteWeights(TrainingVideo video, PlannedClip clip, Span<float> weights)
    {
        ArgumentNullException.ThrowIfNull(video);
        int emotions = video.Labels.Curves.Scheme.Count;
        for (int row = 0; row < weights.Length / emotions; row++)
        {
            _weights!.Write(video, clip.StepAt(row) / _recipe.Rate.Hertz, weights.Slice(row * emotions, emotions));
        }
    }

    /// <summary>The labels nearest in time to a step.</summary>
    public ReadOnlySpan<float> LabelsAt(TrainingVideo video, int step)
    {
        ArgumentNullException.ThrowIfNull(video);
        return video.LabelsNear(step / _recipe.Rate.Hertz);
    }

    private static void Smooth(LabelFilter filter, Span<float> labels, int emotions)
    {
        double[] curve = new double[labels.Length / emotions];
        for (int emotion = 0; emotion < emotions; emotion++)
        {
            for (int row = 0; row < curve.Length; row++)
            {
                curve[row] = labels[(row * emotions) + emotion];
            }

            if (!MissingValues.Bridge(curve))
            {
                continue;
            }

            double[] smooth = filter.Apply(curve);
            for (int row = 0; row < curve.Length; row++)
            {
                labels[(row * emotions) + emotion] = (float)smooth[row];
            }
        }
    }
}
