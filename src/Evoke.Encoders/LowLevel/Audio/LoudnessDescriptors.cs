using System.Runtime.CompilerServices;
using Evoke.Encoders.Signal;

namespace Evoke.Encoders.LowLevel.Audio;

/// <summary>How loud a step is, and how that varies.</summary>
internal sealed class LoudnessDescriptors
{
    private const float DecibelScale = 0.01f;
    private const double StevensExponent = 0.3;

    private static readonly float[] AWeights = [.. Enumerable.Range(0, SoundFrame.Bins).Select(bin => (float)AWeight(bin * SoundFrame.BinHz))];

    private readonly List<float> _frames = [];
    private RunningMoments _decibels;
    private RunningMoments _perceived;
    private double _weighted;
    private int _silent;
    private float? _levelBefore;

    /// <summary>What <see cref="Write"/> writes, in its order.</summary>
    public static IReadOnlyList<Descriptor> Table { get; } =
    [
        new("loudness.rms", "100 dB above -100 dBFS = 1", 0, 1.13, "Level of the root mean square of the step's samples, full scale 0 dB: (dB + 100) / 100."),
        new("loudness.peak", "full scale = 1", 0, 4, "The largest magnitude of a sample."),
        new(
            "loudness.weighted", "100 dB above -100 dBFS = 1", 0, 1.15,
            "Level with A-weighting (IEC 61672), which follows the ear's sensitivity: (dB + 100) / 100."),
        new(
            "loudness.perceived", "1", 0, 4,
            "Mean over 32 ms frames of A-weighted power raised to 0.3 (Stevens' law): doubles where a sound seems twice as loud."),
        new("loudness.deviation", "100 dB = 1", 0, 1, "Standard deviation of the frames' levels in dB."),
        new("loudness.range", "100 dB = 1", 0, 1.13, "95th minus 10th percentile of the frames' levels in dB."),
        new("loudness.silence", "share of frames", 0, 1, "Frames below -60 dBFS."),
        new("loudness.change", "100 dB = 1", -1.13, 1.13, "Level of this step minus that of the one before, in dB; 0 for the first."),
    ];

    public void Add(SoundFrame frame)
    {
        double weighted = DotProduct.Of(frame.Power, AWeights);
        _frames.Add(frame.Decibels);
        _decibels.Add(frame.Decibels);
        _weighted += weighted;
        _perceived.Add(Math.Pow(weighted, StevensExponent));
        _silent += frame.IsSilent ? 1 : 0;
    }

    public void Write(ReadOnlySpan<float> samples, Span<float> values)
    {
        (double squares, float peak) = Measure(samples);
        float level = SoundFrame.ToDecibels(squares / samples.Length);
        values[0] = (level + 100) * DecibelScale;
        values[1] = peak;
        values[2] = (SoundFrame.ToDecibels(_weighted / _frames.Count) + 100) * DecibelScale;
        values[3] = (float)_perceived.Mean;
        values[4] = (float)_decibels.Deviation * DecibelScale;
        values[5] = Range() * DecibelScale;
        values[6] = (float)_silent / _frames.Count;
        values[7] = (level - (_levelBefore ?? level)) * DecibelScale;

        _levelBefore = level;
        _frames.Clear();
        (_decibels, _perceived, _weighted, _silent) = (default, default, 0, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // otherwise short films end before the code is optimised
    private static (double Squares, float Peak) Measure(ReadOnlySpan<float> samples)
    {
        double squares = 0;
        float peak = 0;
        foreach (float sample in samples)
        {
            squares += (double)sample * sample;
            peak = Math.Max(peak, Math.Abs(sample));
        }

        return (squares, peak);
    }

    private float Range()
    {
        _frames.Sort();
        return _frames[(int)(0.95 * (_frames.Count - 1))] - _frames[(int)(0.10 * (_frames.Count - 1))];
    }

    // IEC 61672-1, annex E: the weight of a power, 1 at 1000 Hz.
    private static double AWeight(double hz)
    {
        double f2 = hz * hz;
        double response = 12194.0 * 12194.0 * f2 * f2
            / ((f2 + (20.6 * 20.6)) * Math.Sqrt((f2 + (107.7 * 107.7)) * (f2 + (737.9 * 737.9))) * (f2 + (12194.0 * 12194.0)));
        return response * response * Math.Pow(10, 0.2);
    }
}
