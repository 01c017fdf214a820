using Evoke.Features;
using Evoke.Heads.Reactions;

namespace Evoke.Heads.Inputs;

/// <summary>Tells where features were computed in another precision than those that a model was trained on: they can be used, but the curves differ in the
/// last digits.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class PrecisionNotes
{
    /// <summary>A sentence for each modality of a video's features that differs.</summary>
    public static IEnumerable<string> Of(IReactionModel model, VideoFeatures features)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(features);
        return Of(model, features.PictureMissing ? null : features.Visual?.Encoder, features.SoundMissing ? null : features.Audio?.Encoder);
    }

    /// <summary>A sentence for each modality that differs.</summary>
    /// <param name="model">The model.</param>
    /// <param name="visual">The encoder of the visual features; null if there are none.</param>
    /// <param name="audio">The encoder of the audio features; null if there are none.</param>
    public static IEnumerable<string> Of(IReactionModel model, EncoderIdentity? visual, EncoderIdentity? audio)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new[] { Note("visual", model.VisualEncoder, visual), Note("audio", model.AudioEncoder, audio) }.OfType<string>();
    }

    private static string? Note(string modality, EncoderIdentity? trained, EncoderIdentity? found) =>
        trained?.Precision is { } expected && found?.Precision is { } precision && !expected.Split('+').Contains(precision, StringComparer.Ordinal)
            ? $"The {modality} features of {found.Name} were computed in {precision}; the model was trained on {expected}. They can be used, "
                + "but differ by rounding."
            : null;
}
