namespace Evoke.Encoders.LowLevel.Audio;

/// <summary>Level of the sound in mel bands, its mean and its deviation over the step.</summary>
internal sealed class MelDescriptors
{
    private const float DecibelScale = 0.01f;

    private readonly RunningMoments[] _bands = new RunningMoments[SoundFrame.BandCount];

    /// <summary>What <see cref="Write"/> writes, in its order.</summary>
    public static IReadOnlyList<Descriptor> Table { get; } =
    [
        .. Enumerable.Range(0, SoundFrame.BandCount).Select(band => new Descriptor(
            FormattableString.Invariant($"mel.{band:00}"), "100 dB above -100 dBFS = 1", 0, 1.13,
            FormattableString.Invariant($"Mean over frames of the level in mel band {band} of 16 from 60 to 8000 Hz: (dB + 100) / 100."))),
        .. Enumerable.Range(0, SoundFrame.BandCount).Select(band => new Descriptor(
            FormattableString.Invariant($"mel.{band:00}.deviation"), "100 dB = 1", 0, 0.6,
            FormattableString.Invariant($"Standard deviation of that level over the frames."))),
    ];

    public void Add(SoundFrame frame)
    {
        for (int band = 0; band < _bands.Length; band++)
        {
            _bands[band].Add(frame.BandDecibels[band]);
        }
    }

    public void Write(Span<float> values)
    {
        for (int band = 0; band < _bands.Length; band++)
        {
            values[band] = (float)(_bands[band].Mean + 100) * DecibelScale;
            values[_bands.Length + band] = (float)_bands[band].Deviation * DecibelScale;
        }

        Array.Clear(_bands);
    }
}
