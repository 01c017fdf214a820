using System.Collections.Immutable;
using Evoke.Curves;
using Evoke.Curves.Films;
using Evoke.Encoders.LowLevel;
using Evoke.Encoders.LowLevel.Audio;
using Evoke.Encoders.LowLevel.Visual;
using Evoke.Encoders.Parts;
using Evoke.Features;

namespace Evoke.Insights.Films;

/// <summary>Reads shots, loudness and speech from features: nothing is decoded again, so they are known only where a model used Evoke's own descriptors, and
/// the speech detector.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class FilmTracks
{
    /// <summary>The track of a video from its features.</summary>
    /// <param name="features">All features of one video that are at hand, from any encoders; the first that tell something are taken.</param>
    /// <returns>The track; what has another rate than the picture, or than the sound if there is no picture, is left out.</returns>
    public static FilmTrack Of(params IEnumerable<VideoFeatures> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        FeatureSequence? picture = null, sound = null, speech = null;
        foreach (VideoFeatures found in features)
        {
            picture ??= found.PictureMissing || !TellsCuts(found.Visual?.Encoder) ? null : found.Visual;
            sound ??= found.SoundMissing || !TellsLoudness(found.Audio?.Encoder) ? null : found.Audio;
            speech ??= found.SoundMissing || !SpeechShare.IsToldBy(found.Audio?.Encoder) ? null : found.Audio;
        }

        Rate rate = picture?.Rate ?? sound?.Rate ?? speech?.Rate ?? new Rate(1); // one grid for all; others are of another model
        FilmTrack track = new(rate, picture is null ? null : Cuts(picture), sound?.Rate == rate ? Loudness(sound) : null)
        {
            Speech = speech?.Rate == rate && SpeechShare.Find(speech) is { } shares ? [.. shares.Select(share => Math.Round(share, 3))] : null,
        };
        return picture is null ? track : track with { CutCount = CutCount(picture) };
    }

    /// <summary>The track of a video from the features behind one prediction; null if they tell nothing.</summary>
    /// <param name="features">The features.</param>
    public static FilmTrack? FindIn(VideoFeatures features)
    {
        FilmTrack track = Of(features);
        return track is { Cuts: null, Loudness: null, Speech: null } ? null : track;
    }

    /// <summary>True if features of the picture from this encoder tell where shots begin.</summary>
    public static bool TellsCuts(EncoderIdentity? encoder) => Begins(encoder, VisualLowLevelEncoder.EncoderIdentity);

    /// <summary>True if features of the sound from this encoder tell its loudness.</summary>
    public static bool TellsLoudness(EncoderIdentity? encoder) => Begins(encoder, AudioLowLevelEncoder.EncoderIdentity);

    // The descriptors alone, or first of several encoders side by side, such as audio-lld+speech.
    private static bool Begins(EncoderIdentity? encoder, EncoderIdentity first) => encoder is not null
        && (encoder == first || encoder.Settings.StartsWith($"{EncoderIdentity.Join([first]).Settings} + ", StringComparison.Ordinal));

    private static ImmutableArray<int> Cuts(FeatureSequence picture) =>
        [.. CutRates(picture).Select((rate, step) => (rate, step)).Where(at => at.rate > 0).Select(at => at.step)];

    // The rate is in cuts per second of the step.
    private static int CutCount(FeatureSequence picture) =>
        CutRates(picture).Where(rate => rate > 0).Sum(rate => Math.Max(1, (int)Math.Round(rate / picture.Rate.Hertz)));

    private static IEnumerable<float> CutRates(FeatureSequence picture) => Column(picture, VisualLowLevelEncoder.Descriptors, "cut.rate");

    private static ImmutableArray<double> Loudness(FeatureSequence sound) =>
        [.. Column(sound, AudioLowLevelEncoder.Descriptors, "loudness.rms").Select(level => Math.Round((100.0 * level) + FilmTrack.SilentDecibels, 1))];

    private static IEnumerable<float> Column(FeatureSequence sequence, DescriptorTable table, string name)
    {
        int column = table.IndexOf(name);
        return Enumerable.Range(0, sequence.Steps).Select(step => sequence.Row(step)[column]);
    }
}
