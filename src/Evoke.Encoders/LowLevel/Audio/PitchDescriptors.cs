namespace Evoke.Encoders.LowLevel.Audio;

/// <summary>How high the voice or melody is, how it varies, and whether there is one.</summary>
internal sealed class PitchDescriptors
{
    private const double VoicedStrength = 0.8;

    private readonly PitchEstimator _estimator = new();
    private RunningMoments _octaves;
    private RunningMoments _strength;
    private int _frames;
    private int _voiced;

    /// <summary>What <see cref="Write"/> writes, in its order.</summary>
    public static IReadOnlyList<Descriptor> Table { get; } =
    [
        new("pitch.mean", "octaves above 160 Hz", -1.5, 2.7, "Mean pitch of the voiced 64 ms frames (YIN, 60 to 1000 Hz); 0 if none is voiced."),
        new("pitch.deviation", "octaves", 0, 2.2, "Standard deviation of that pitch."),
        new("pitch.voiced", "share of frames", 0, 1, "Frames that are neither silent nor less than 0.8 periodic."),
        new(
            "pitch.strength", "1", 0, 1,
            "How periodic the sound is: 1 minus YIN's normalised difference at the pitch, mean over frames; silent ones count as 0."),
    ];

    public void Add(ReadOnlySpan<float> samples, bool isSilent)
    {
        _frames++;
        if (isSilent)
        {
            _strength.Add(0);
            return;
        }

        Pitch pitch = _estimator.Estimate(samples);
        _strength.Add(pitch.Strength);
        if (pitch.Strength >= VoicedStrength)
        {
            _voiced++;
            _octaves.Add(Math.Log2(pitch.Hz / AudioLowLevelEncoder.PitchOriginHz), pitch.Strength);
        }
    }

    public void Write(Span<float> values)
    {
        values[0] = (float)_octaves.Mean;
        values[1] = (float)_octaves.Deviation;
        values[2] = (float)_voiced / _frames;
        values[3] = (float)_strength.Mean;
        (_octaves, _strength, _frames, _voiced) = (default, default, 0, 0);
    }
}
