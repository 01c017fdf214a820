namespace Evoke.Media.Reading;

/// <summary>Mixes stereo to mono so that it is heard: where the two halves cancel each other, the right one is turned over.</summary>
/// <remarks>
/// A recording with one phase-inverted channel, or a microphone wired the wrong way round, is silent in the usual mix (L + R) / 2. What both halves share is
/// compared with what they differ in, over about half a second; music and films with wide stereo stay far from the limit. Not thread-safe.
/// </remarks>
internal sealed class StereoMix(int sampleRate)
{
    // Turned over when the shared part holds less than this share of the power, and back when it holds more.
    private const double Cancelling = 0.01;
    private const double Sounding = 0.05;

    // Power of noise that nobody hears, about -70 dB.
    private const double Silence = 1e-7;
    private const double MemorySeconds = 0.5;

    private double _shared;
    private double _differing;
    private bool _turned;

    /// <summary>How many audible samples were mixed with one half turned over.</summary>
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

        // What was heard before counts less the longer ago it was. Samples that are no numbers are silenced later.
        double kept = Math.Exp(-(interleaved.Length / 2) / (MemorySeconds * sampleRate));
        _shared = double.IsFinite(shared) ? (_shared * kept) + shared : 0;
        _differing = double.IsFinite(differing) ? (_differing * kept) + differing : 0;
        return shared + differing;
    }
}
