using Evoke.Curves;
using Evoke.Features;

namespace Evoke.Encoders.LowLevel.Audio;

/// <summary>`audio-lld`: low-level descriptors of the sound: loudness, spectrum, onsets, pitch, mel levels. Needs no weights.</summary>
/// <remarks>
/// Step k describes the samples heard in [k/rate, (k+1)/rate) seconds and no others; only changes (flux, onsets, change of level) look back at the step before.
/// The sizes of the pieces in which the sound arrives make no difference. All numbers are finite, for silence too, and of the order of 1, so that networks
/// can take them as they are. What each one is: <see cref="Descriptors"/>. Thread-safe: several sessions may run at once, each on one thread at a time.
/// </remarks>
public sealed class AudioLowLevelEncoder : IAudioEncoder
{
    /// <summary>The encoder's name.</summary>
    public const string Name = "audio-lld";

    /// <summary>The pitch, in Hz, from which "pitch.mean" counts octaves: between the usual speaking pitches of men and women.</summary>
    public const double PitchOriginHz = 160;

    // A step of a single frame; more steps a second would hold less than the spectrum needs.
    private const double HighestRate = 100;

    /// <summary>The numbers of a step, in order.</summary>
    public static DescriptorTable Descriptors { get; } =
        new(LoudnessDescriptors.Table, SpectrumDescriptors.Table, OnsetDescriptors.Table, PitchDescriptors.Table, MelDescriptors.Table);

    /// <summary>The identity of this encoder, for files that name their encoder.</summary>
    public static EncoderIdentity EncoderIdentity { get; } = new(Name, Settings: "v1");

    /// <inheritdoc/>
    public EncoderIdentity Identity => EncoderIdentity;

    /// <inheritdoc/>
    public int FeatureWidth => Descriptors.Count;

    /// <inheritdoc/>
    public int SampleRate => SoundFrame.SampleRate;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The rate is above 100 Hz.</exception>
    public IAudioEncodingSession Start(Rate rate) => rate.Hertz <= HighestRate
        ? new AudioLowLevelSession(rate)
        : throw new ArgumentOutOfRangeException(nameof(rate), rate, "The rate of audio-lld must be above 0 and at most 100 steps per second.");

    /// <inheritdoc/>
    public void Dispose()
    {
        // Only managed memory is used.
    }
}
