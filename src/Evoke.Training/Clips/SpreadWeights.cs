using Evoke.Datasets;
using Evoke.Datasets.Sets;
using Evoke.Training.Recipes;

namespace Evoke.Training.Clips;

/// <summary>How much each label of a training set weighs: the inverse of its raters' spread, see <see cref="LabelWeighting.Spread"/>.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed class SpreadWeights
{
    private readonly double[] _widths; // of the labels' ranges: [emotions]
    private readonly double _floor;
    private readonly double _mean; // of the weights before scaling

    private SpreadWeights(VideoSet set, double floor)
    {
        _widths = [.. set.Labels.Scheme.Ranges.Select(range => range.Width)];
        _floor = floor;
        _mean = MeanOf(set);
    }

    /// <summary>The weights that a recipe asks for; null if it asks for none.</summary>
    /// <param name="recipe">The recipe's loss section.</param>
    /// <param name="set">The training videos.</param>
    /// <exception cref="DatasetException">The set has no spread, or no label whose spread is known.</exception>
    public static SpreadWeights? Of(LossRecipe recipe, VideoSet set)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(set);
        return recipe.Weights == LabelWeighting.None ? null
            : set.Labels.Spread is not null ? new SpreadWeights(set, recipe.SpreadFloor)
            : throw new DatasetException(
                $"loss.weights is spread: expected the spread of the raters beside the labels {set.Labels.Name}; found none.");
    }

    /// <summary>Writes the weights of the labels nearest to a time.</summary>
    /// <param name="video">The video.</param>
    /// <param name="seconds">The time, from the start of the picture.</param>
    /// <param name="weights">[emotions].</param>
    public void Write(TrainingVideo video, double seconds, Span<float> weights)
    {
        ArgumentNullException.ThrowIfNull(video);
        ReadOnlySpan<float> spread = video.SpreadNear(seconds);
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = float.IsNaN(spread[i]) ? 1 : (float)(Unscaled(spread[i], i) / _mean);
        }
    }

    private double Unscaled(float spread, int emotion) => 1 / Math.Max(spread / _widths[emotion], _floor);

    private double MeanOf(VideoSet set)
    {
        (double sum, long count) = (0, 0);
        foreach (TrainingVideo video in set.Videos)
        {
            ReadOnlySpan<float> labels = video.Labels.Curves.Values, spread = video.Spread!.Curves.Values;
            for (int i = 0; i < labels.Length; i++)
            {
                if (!float.IsNaN(labels[i]) && !float.IsNaN(spread[i]))
                {
                    sum += Unscaled(spread[i], i % _widths.Length);
                    count++;
                }
            }
        }

        return count > 0
            ? sum / count
            : throw new DatasetException($"Labels {set.Labels.Name}: expected videos with labels by two raters or more; found none with features.");
    }
}
