using Evoke.Curves;
using Evoke.Encoders.LowLevel.Audio;
using Evoke.Testing;

namespace Evoke.Encoders.Tests.LowLevel.Audio;

internal static class Sounds
{
    public const int SampleRate = 16_000;

    public static float[] Tone(double hz, double seconds, double amplitude = 0.5)
        => Make(seconds, t => amplitude * Math.Sin(2 * Math.PI * hz * t));

    /// <summary>Harmonics 1/n up to 4 kHz, like a voice or a string; <paramref name="first"/> 2 leaves the fundamental out.</summary>
    public static float[] Harmonics(double hz, double seconds, int first = 1)
        => Make(seconds, t => Enumerable.Range(first, (int)(4000 / hz)).Sum(n => 0.2 / n * Math.Sin(2 * Math.PI * hz * n * t)));

    public static float[] Noise(double seconds, double amplitude = 0.5, string name = "noise")
        => GoldenTensor.SymmetricUnits(name, (int)(seconds * SampleRate), amplitude);

    public static float[] Silence(double seconds) => new float[(int)(seconds * SampleRate)];

    public static float[] Make(double seconds, Func<double, double> wave)
    {
        float[] samples = new float[(int)(seconds * SampleRate)];
        for (int n = 0; n < samples.Length; n++)
        {
            samples[n] = (float)wave((double)n / SampleRate);
        }

        return samples;
    }

    public static Rows Encode(double rate, params float[][] parts)
    {
        using AudioLowLevelEncoder encoder = new();
        using IAudioEncodingSession session = encoder.Start(new Rate(rate));
        foreach (float[] part in parts)
        {
            session.Push(part);
        }

        int steps = (int)Math.Ceiling((parts.Sum(part => (double)part.Length) / SampleRate * rate) - 1e-6);
        return new Rows(session.Complete(steps), steps);
    }

    internal sealed class Rows(float[] values, int steps)
    {
        public int Count => steps;

        public float[] Values => values;

        public float this[int step, string name] => values[(step * AudioLowLevelEncoder.Descriptors.Count) + AudioLowLevelEncoder.Descriptors.IndexOf(name)];

        public float[] Column(string name) => [.. Enumerable.Range(0, steps).Select(step => this[step, name])];
    }
}
