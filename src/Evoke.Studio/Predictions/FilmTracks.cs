using System.Collections.Immutable;
using Evoke.Curves;
using Evoke.Encoders.LowLevel;
using Evoke.Encoders.LowLevel.Audio;
using Evoke.Encoders.LowLevel.Visual;
using Evoke.Features;

namespace Evoke.Studio.Predictions;

/// <summary>Reads shots and loudness from the stored features of a video: nothing is decoded again, so they are known only where a model has used Evoke's
/// own descriptors.</summary>
internal sealed class FilmTracks(FeatureShelf features)
{
    private const double SilentDecibels = -100;

    /// <summary>The track of a video.</summary>
    public FilmTrack Of(string videoId)
    {
        FeatureSequence? picture = null, sound = null;
        foreach (VideoFeatures found in features.All(videoId, file => IsSeen(file.Visual?.Encoder) || IsHeard(file.Audio?.Encoder)))
        {
            picture ??= found.PictureMissing || !IsSeen(found.Visual?.Encoder) ? null : found.Visual;
            sound ??= found.SoundMissing || !IsHeard(found.Audio?.Encoder) ? null : found.Audio;
        }

        Rate rate = picture?.Rate ?? sound?.Rate ?? new Rate(1);
        if (sound is not null && sound.Rate != rate)
        {
            sound = null; // of another model than the picture; one grid for both is what the page draws
        }

        return new FilmTrack(rate, picture is null ? null : Cuts(picture), sound is null ? null : Loudness(sound));
    }

    private static bool IsSeen(EncoderIdentity? encoder) => Begins(encoder, VisualLowLevelEncoder.EncoderIdentity);

    private static bool IsHeard(EncoderIdentity? encoder) => Begins(encoder, AudioLowLevelEncoder.EncoderIdentity);

    // The descriptors alone, or first of several encoders side by side, such as audio-lld+speech.
    private static bool Begins(EncoderIdentity? encoder, EncoderIdentity first) => encoder is not null
        && (encoder == first || encoder.Settings.StartsWith($"{EncoderIdentity.Join([first]).Settings} + ", StringComparison.Ordinal));

    private static ImmutableArray<int> Cuts(FeatureSequence picture) =>
        [.. Column(picture, VisualLowLevelEncoder.Descriptors, "cut.rate").Select((rate, step) => (rate, step)).Where(at => at.rate > 0).Select(at => at.step)];

    private static ImmutableArray<double> Loudness(FeatureSequence sound) =>
        [.. Column(sound, AudioLowLevelEncoder.Descriptors, "loudness.rms").Select(level => Math.Round((100.0 * level) + SilentDecibels, 1))];

    private static IEnumerable<float> Column(FeatureSequence sequence, DescriptorTable table, string name)
    {
        int column = table.IndexOf(name);
        return Enumerable.Range(0, sequence.Steps).Select(step => sequence.Row(step)[column]);
    }
}
