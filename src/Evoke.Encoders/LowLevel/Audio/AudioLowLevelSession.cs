using System.Runtime.CompilerServices;
using Evoke.Curves;

namespace Evoke.Encoders.LowLevel.Audio;

/// <summary>One film's sound passing through <see cref="AudioLowLevelEncoder"/>. Keeps one step of samples, besides the rows that are done.</summary>
internal sealed class AudioLowLevelSession : IAudioEncodingSession
{
    // Down-mixing may exceed full scale; more than 12 dB of it is damage.
    private const float LoudestSample = 4;

    private readonly double _samplesPerStep;
    private readonly SoundStep _step = new();
    private readonly List<float[]> _rows = [];
    private float[] _samples; // of the current step
    private int _count;

    public AudioLowLevelSession(Rate rate)
    {
        _samplesPerStep = SoundFrame.SampleRate / rate.Hertz;
        _samples = new float[checked((int)Math.Ceiling(_samplesPerStep) + 1)];
    }

    public void Push(ReadOnlySpan<float> samples)
    {
        while (!samples.IsEmpty)
        {
            int taken = Math.Min(samples.Length, StepLength(_rows.Count) - _count);
            samples[..taken].CopyTo(_samples.AsSpan(_count));
            samples = samples[taken..];
            _count += taken;
            if (_count == StepLength(_rows.Count))
            {
                EndStep();
            }
        }
    }

    public float[] Complete(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        while (_rows.Count < steps)
        {
            Array.Clear(_samples, _count, StepLength(_rows.Count) - _count); // silence where the sound has ended
            _count = StepLength(_rows.Count);
            EndStep();
        }

        int width = AudioLowLevelEncoder.Descriptors.Count;
        float[] features = new float[checked(steps * width)]; // [steps, width]
        for (int step = 0; step < steps; step++)
        {
            _rows[step].CopyTo(features, step * width);
        }

        return features;
    }

    public void Dispose() => _samples = [];

    // Sample n is heard at n / 16000 s; step k holds those in [k/rate, (k+1)/rate).
    private int StepLength(int step) => (int)(StepStart(step + 1) - StepStart(step));

    private long StepStart(int step) => (long)Math.Ceiling((step * _samplesPerStep) - 1e-6);

    private void EndStep()
    {
        Span<float> samples = _samples.AsSpan(0, _count);
        Mend(samples);
        float[] row = new float[AudioLowLevelEncoder.Descriptors.Count];
        _step.Describe(samples, row);
        _rows.Add(row);
        _count = 0;
    }

    // A damaged stream of float samples can decode to anything; what cannot be heard is silence.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // otherwise short films end before the code is optimised
    private static void Mend(Span<float> samples)
    {
        foreach (ref float sample in samples)
        {
            sample = float.IsFinite(sample) ? Math.Clamp(sample, -LoudestSample, LoudestSample) : 0;
        }
    }
}
