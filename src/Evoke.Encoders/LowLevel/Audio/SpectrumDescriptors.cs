using System.Runtime.CompilerServices;
using Evoke.Encoders.Signal;

namespace Evoke.Encoders.LowLevel.Audio;

/// <summary>What the sound's spectrum looks like: bright or dull, tone or noise. Silent frames are ignored.</summary>
internal sealed class SpectrumDescriptors
{
    private const double NyquistHz = SoundFrame.SampleRate / 2.0;
    private const double RolloffShare = 0.85;
    private const int FirstFlatBin = 4; // 125 Hz: hum below it would make all sound tonal
    private const int LowEnd = 8; // 250 Hz
    private const int MiddleEnd = 64; // 2000 Hz

    private static readonly float[] Frequencies = [.. Enumerable.Range(0, SoundFrame.Bins).Select(bin => (float)(bin * SoundFrame.BinHz / NyquistHz))];

    private RunningMoments _centroid;
    private RunningMoments _spread;
    private RunningMoments _rolloff;
    private RunningMoments _flatness;
    private RunningMoments _low;
    private RunningMoments _middle;
    private RunningMoments _crossings;

    /// <summary>What <see cref="Write"/> writes, in its order.</summary>
    public static IReadOnlyList<Descriptor> Table { get; } =
    [
        new("spectrum.centroid", "8 kHz = 1", 0, 1, "Power-weighted mean frequency, mean over the frames that are not silent."),
        new("spectrum.centroid.deviation", "8 kHz = 1", 0, 0.5, "Standard deviation of the centroid over these frames."),
        new("spectrum.spread", "8 kHz = 1", 0, 0.5, "Power-weighted standard deviation of the frequency around the centroid."),
        new("spectrum.rolloff", "8 kHz = 1", 0, 1, "Frequency below which 85 % of the power lies."),
        new("spectrum.flatness", "1", 0, 1, "Geometric over arithmetic mean of the power from 125 Hz on: near 0 for tones, 0.56 for white noise."),
        new("spectrum.flatness.deviation", "1", 0, 0.5, "Standard deviation of the flatness over these frames."),
        new("spectrum.low", "share of power", 0, 1, "Power below 250 Hz."),
        new("spectrum.middle", "share of power", 0, 1, "Power from 250 to 2000 Hz; the rest is above."),
        new("zerocrossing.rate", "share of samples", 0, 1, "Changes of sign from sample to sample, mean over these frames."),
        new("zerocrossing.deviation", "share of samples", 0, 0.5, "Standard deviation of that over these frames."),
    ];

    public void Add(SoundFrame frame, ReadOnlySpan<float> samples)
    {
        if (frame.IsSilent)
        {
            return;
        }

        float[] power = frame.Power;
        double total = frame.TotalPower;
        double centroid = DotProduct.Of(power, Frequencies) / total;
        _centroid.Add(centroid);
        _spread.Add(Spread(power, centroid, total));
        _rolloff.Add(Rolloff(power, RolloffShare * total));
        _flatness.Add(Flatness(power));
        _low.Add(Sum(power.AsSpan(0, LowEnd)) / total);
        _middle.Add(Sum(power.AsSpan(LowEnd, MiddleEnd - LowEnd)) / total);
        _crossings.Add(ZeroCrossings(samples) / (samples.Length - 1.0));
    }

    public void Write(Span<float> values)
    {
        values[0] = (float)_centroid.Mean;
        values[1] = (float)_centroid.Deviation;
        values[2] = (float)_spread.Mean;
        values[3] = (float)_rolloff.Mean;
        values[4] = (float)_flatness.Mean;
        values[5] = (float)_flatness.Deviation;
        values[6] = (float)_low.Mean;
        values[7] = (float)_middle.Mean;
        values[8] = (float)_crossings.Mean;
        values[9] = (float)_crossings.Deviation;
        (_centroid, _spread, _rolloff, _flatness, _low, _middle, _crossings) = (default, default, default, default, default, default, default);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // otherwise short films end before the code is optimised
    private static double Spread(float[] power, double centroid, double total)
    {
        double squares = 0;
        for (int bin = 0; bin < power.Length; bin++)
        {
            double distance = Frequencies[bin] - centroid;
            squares += power[bin] * distance * distance;
        }

        return Math.Sqrt(squares / total);
    }

    private static double Rolloff(float[] power, double wanted)
    {
        double sum = 0;
        for (int bin = 0; bin < power.Length; bin++)
        {
            sum += power[bin];
            if (sum >= wanted)
            {
                return Frequencies[bin];
            }
        }

        return 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // otherwise short films end before the code is optimised
    private static double Flatness(float[] power)
    {
        // A floor far below the quietest frame that counts, so that an empty bin does not make the mean of the logarithms minus infinity.
        const float Floor = 1e-14f;
        double sum = 0, logarithms = 0;
        for (int bin = FirstFlatBin; bin < power.Length; bin++)
        {
            sum += power[bin] + Floor;
            logarithms += MathF.Log(power[bin] + Floor);
        }

        int count = power.Length - FirstFlatBin;
        return Math.Min(1, Math.Exp(logarithms / count) / (sum / count));
    }

    private static double Sum(ReadOnlySpan<float> power)
    {
        double sum = 0;
        foreach (float bin in power)
        {
            sum += bin;
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // otherwise short films end before the code is optimised
    private static int ZeroCrossings(ReadOnlySpan<float> samples)
    {
        int crossings = 0;
        for (int i = 1; i < samples.Length; i++)
        {
            crossings += (samples[i] >= 0) != (samples[i - 1] >= 0) ? 1 : 0;
        }

        return crossings;
    }
}
