namespace Evoke.Media.Reading;

/// <summary>Mixes stereo to mono so that no sound is lost: where the two channels cancel each other, the right one is inverted.</summary>
/// <remarks>
/// A recording with one phase-inverted channel, or a microphone wired the wrong way round, is silent in the usual mix (L + R) / 2. What both channels share is
/// compared with what they differ in, over about half a second; music and films with wide stereo stay far from the limit. Not thread-safe.
/// </remarks>
internal sealed class StereoMix(int sampleRate)
{
    // Inverted when the shared part has less than this share of the power, and back when it has more.
    private const double Cancelling = 0.01;
    private const double Sounding = 0.05;

    // Power of inaudible noise, about -70 dB.
    private const double Silence = 1e-7;
    private const double MemorySeconds = 0.5;

    private double _shared;
    private double _differing;
    private bool _turned;

    /// <summary>How many audible samples were mixed with one channel inverted.</summary>
    public long Turned { get; private set; }

    /// <summary>The mix of interleaved samples, half as many.</summary>
    public float[] Mix(ReadOnlySpan<float> interleaved)
    {
        float[] mono = new float[interleaved.Length / 2];
        bool isHeard = Measure(interleaved) > Silence * mono.Length;
        double power = _shared + _differing;
        _turned = power > Silence * MemorySeconds * sampleRate && _shared < power * (_turned ? Sounding : Cancelling);
        float right = _turned ? -0.5f : 0.5f;
        for (int i = 0; i < mono.Length; i++)
        {
            mono[i] = (0.5f * interleaved[2 * i]) + (right * interleaved[(2 * i) + 1]);
        }

        Turned += _turned && isHeard ? mono.Length : 0;
        return mono;
    }

    // The power of these samples.
    private double Measure(ReadOnlySpan<float> interleaved)
    {
        double shared = 0, differing = 0;
        for (int i = 0; i + 1 < interleaved.Length; i += 2)
        {
            double sum = 0.5 * (interleaved[i] + interleaved[i + 1]);
            double difference = 0.5 * (interleaved[i] - interleaved[i + 1]);
            shared += sum * sum;
            differing += difference * difference;
        }

        // Earlier samples count exponentially less. Samples that are not numbers are silenced later.
        double kept = Math.Exp(-(interleaved.Length / 2) / (MemorySeconds * sampleRate));
        _shared = double.IsFinite(shared) ? (_shared * kept) + shared : 0;
        _differing = double.IsFinite(differing) ? (_differing * kept) + differing : 0;
        return shared + differing;
    }
}
