using Evoke.Encoders.Weights;
using Evoke.Features;

namespace Evoke.Encoders.Parts;

/// <summary>The share of speech in each step, from features in which the encoder "speech" takes part.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class SpeechShare
{
    private const int Share = 1; // among the numbers of a step, after the mean probability

    /// <summary>True if the share is known from features of this encoder: "speech" alone, or first or last of several side by side.</summary>
    public static bool IsToldBy(EncoderIdentity? encoder) => encoder is not null && (IsFirst(encoder) || IsLast(encoder));

    /// <summary>The shares of all steps, each from 0 to 1; null if the features do not tell.</summary>
    public static float[]? Find(FeatureSequence features)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (!IsToldBy(features.Encoder) || features.Width < SpeechEncoder.Width)
        {
            return null;
        }

        int column = (IsFirst(features.Encoder) ? 0 : features.Width - SpeechEncoder.Width) + Share;
        return [.. Enumerable.Range(0, features.Steps).Select(step => features.Row(step)[column])];
    }

    private static bool IsFirst(EncoderIdentity encoder) => encoder.Name.Split('+')[0] == WeightRegistry.Speech;

    private static bool IsLast(EncoderIdentity encoder) => encoder.Name.Split('+')[^1] == WeightRegistry.Speech;
}
