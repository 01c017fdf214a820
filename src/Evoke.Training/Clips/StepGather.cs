using Evoke.Curves;
using Evoke.Datasets.Sources;
using Evoke.Features;
using Evoke.Heads.Inputs;

namespace Evoke.Training.Clips;

/// <summary>Writes a head's input for a video at given steps: the feature rows nearest in time, normalised, with their position.</summary>
/// <remarks>Gives the same numbers as prediction. Immutable and thread-safe.</remarks>
/// <param name="Visual">The head's visual input; null for a head without visual input.</param>
/// <param name="Audio">The head's audio input; null for a head without audio input.</param>
/// <param name="Rate">Steps per second of the head (Hz).</param>
internal sealed record StepGather(ModalityInput? Visual, ModalityInput? Audio, Rate Rate)
{
    /// <summary>Writes the visual input.</summary>
    /// <param name="features">The video.</param>
    /// <param name="steps">The steps to write, in order.</param>
    /// <param name="destination">[steps, visual width].</param>
    public void WriteVisual(IOpenFeatures features, ReadOnlySpan<int> steps, Span<float> destination) => Write(Visual!, features.Visual!, steps, destination);

    /// <summary>Writes the audio input.</summary>
    /// <param name="features">The video.</param>
    /// <param name="steps">The steps to write, in order.</param>
    /// <param name="destination">[steps, audio width].</param>
    public void WriteAudio(IOpenFeatures features, ReadOnlySpan<int> steps, Span<float> destination) => Write(Audio!, features.Audio!, steps, destination);

    private void Write(ModalityInput input, IFeatureRows rows, ReadOnlySpan<int> steps, Span<float> destination)
    {
        Span<float> room = new float[rows.Width];
        for (int i = 0; i < steps.Length; i++)
        {
            double seconds = steps[i] / Rate.Hertz;
            Span<float> place = destination.Slice(i * input.Width, input.Width);
            if (rows.IsMissing)
            {
                input.WriteMissingStep(seconds, place);
            }
            else
            {
                input.WriteStep(rows.Row(FeatureClock.StepNear(rows.Steps, rows.Rate, seconds), room), seconds, place);
            }
        }
    }
}
