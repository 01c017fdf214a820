using Evoke.Features;

namespace Evoke.Heads.Inputs;

/// <summary>Writes a head's input for any time of a video, from features at any rate.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class VideoInput
{
    private readonly ModalityInput? _visualInput;
    private readonly ModalityInput? _audioInput;
    private readonly FeatureSequence? _visual;
    private readonly FeatureSequence? _audio;

    /// <summary>Checks that the features fit the inputs.</summary>
    /// <param name="features">The video.</param>
    /// <param name="visual">The head's visual input and its encoder; null for a head without visual input.</param>
    /// <param name="audio">The head's audio input and its encoder; null for a head without audio input.</param>
    /// <param name="modelName">The model, for messages.</param>
    /// <exception cref="IncompatibleFeaturesException">A modality is missing, or from another encoder or of another width; the message names both.</exception>
    public VideoInput(VideoFeatures features, EncodedModality? visual, EncodedModality? audio, string modelName)
    {
        ArgumentNullException.ThrowIfNull(features);
        _visualInput = visual?.Input;
        _audioInput = audio?.Input;
        _visual = visual is null || features.PictureMissing ? null : Checked(features.VideoId, "visual", features.Visual, visual, modelName);
        _audio = audio is null || features.SoundMissing ? null : Checked(features.VideoId, "audio", features.Audio, audio, modelName);
    }

    /// <summary>Writes one step of the visual input.</summary>
    /// <param name="seconds">The time of the step.</param>
    /// <param name="destination">[visual width].</param>
    public void WriteVisual(double seconds, Span<float> destination) => Write(_visualInput!, _visual, seconds, destination);

    /// <summary>Writes one step of the audio input.</summary>
    /// <param name="seconds">The time of the step.</param>
    /// <param name="destination">[audio width].</param>
    public void WriteAudio(double seconds, Span<float> destination) => Write(_audioInput!, _audio, seconds, destination);

    private static void Write(ModalityInput input, FeatureSequence? features, double seconds, Span<float> destination)
    {
        if (features is null)
        {
            input.WriteMissingStep(seconds, destination);
        }
        else
        {
            input.WriteStep(features.RowNear(seconds), seconds, destination);
        }
    }

    private static FeatureSequence Checked(string video, string modality, FeatureSequence? found, EncodedModality wanted, string model)
    {
        if (found is null)
        {
            throw new IncompatibleFeaturesException($"Video '{video}' has no {modality} features; model '{model}' takes those from {wanted.Encoder}.");
        }

        if (!found.Encoder.IsSameEncoderAs(wanted.Encoder))
        {
            throw new IncompatibleFeaturesException(
                $"The {modality} features of video '{video}' are from {found.Encoder}; model '{model}' takes those from {wanted.Encoder}.");
        }

        if (found.Width != wanted.EncoderWidth || found.Steps < 1)
        {
            throw new IncompatibleFeaturesException(
                $"The {modality} features of video '{video}' are {found.Steps} steps of {found.Width} numbers; model '{model}' takes at least 1 step of "
                + $"{wanted.EncoderWidth}.");
        }

        return wanted.Expansion is null ? found : wanted.Expansion.Apply(found);
    }
}

/// <summary>A head's input of one modality and the encoder that its features come from.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Encoder">The encoder of the features.</param>
/// <param name="Input">How they are normalised.</param>
/// <param name="Expansion">What is made of them before that; null for nothing.</param>
public sealed record EncodedModality(EncoderIdentity Encoder, ModalityInput Input, FeatureExpansion? Expansion = null)
{
    /// <summary>Numbers per step that the encoder gives.</summary>
    public int EncoderWidth => Expansion?.FeatureWidth ?? Input.FeatureWidth;
}
