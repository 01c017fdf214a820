using Evoke.Curves;
using Evoke.Features;
using Evoke.Heads.Reactions;

namespace Evoke.Heads.Attribution;

/// <summary>How much of each value of a prediction comes from the picture and how much from the sound.</summary>
/// <param name="FromPicture">The prediction minus that with the picture's features replaced by their mean over the video; null if the model takes no
/// picture.</param>
/// <param name="FromSound">The prediction minus that with the sound's features replaced by their mean over the video; null if the model takes no sound.</param>
/// <remarks>
/// An occlusion measure: it tells what changes when one modality carries no information. The two need not add up to anything, since a head may
/// need both at once. On the model's own clock, in the curves' unit, negative where the modality lowers the value. Immutable and thread-safe.
/// </remarks>
public sealed record ModalityAttribution(EmotionCurves? FromPicture, EmotionCurves? FromSound)
{
    /// <summary>Runs the model again with each modality replaced by its mean in turn.</summary>
    /// <param name="model">The model that gave <paramref name="prediction"/>.</param>
    /// <param name="features">The features of that prediction.</param>
    /// <param name="prediction">The curves to explain, on the model's own clock.</param>
    public static ModalityAttribution Of(IReactionModel model, VideoFeatures features, EmotionCurves prediction)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(prediction);
        return new ModalityAttribution(
            model.VisualEncoder is null || features.Visual is null
                ? null
                : Difference(prediction, model.Predict(features with { Visual = Silenced(features.Visual) }).Mean),
            model.AudioEncoder is null || features.Audio is null
                ? null
                : Difference(prediction, model.Predict(features with { Audio = Silenced(features.Audio) }).Mean));
    }

    private static FeatureSequence Silenced(FeatureSequence sequence)
    {
        double[] sums = new double[sequence.Width];
        for (int step = 0; step < sequence.Steps; step++)
        {
            ReadOnlySpan<float> row = sequence.Row(step);
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] += row[i];
            }
        }

        float[] values = new float[sequence.Values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(sums[i % sequence.Width] / sequence.Steps);
        }

        return sequence with { Values = values };
    }

    private static EmotionCurves Difference(EmotionCurves whole, EmotionCurves without)
    {
        float[] values = new float[whole.Values.Length];
        System.Numerics.Tensors.TensorPrimitives.Subtract(whole.Values, without.Values, values);
        return new EmotionCurves(whole.Scheme, whole.Grid, values);
    }
}
