using System.Runtime.CompilerServices;
using Evoke.Encoders.Signal;

namespace Evoke.Encoders.LowLevel.Audio;

/// <summary>A fundamental frequency and how periodic the sound is.</summary>
/// <param name="Hz">Fundamental frequency.</param>
/// <param name="Strength">1 for a perfectly periodic sound, near 0 for noise.</param>
internal readonly record struct Pitch(double Hz, double Strength);

/// <summary>YIN (de Cheveigné and Kawahara, JASA 111(4), 2002): the pitch of 64 ms of sound, from 60 to 1000 Hz.</summary>
internal sealed class PitchEstimator
{
    public const int FrameLength = 1024;
    public const double LowestHz = 60;
    public const double HighestHz = 1000;

    private const int LongestLag = (int)(SoundFrame.SampleRate / LowestHz);
    private const int ShortestLag = (int)(SoundFrame.SampleRate / HighestHz);
    private const int Window = FrameLength - LongestLag - 1;

    // The paper's step 4: the first dip below this, else the deepest.
    private const double DipBelow = 0.15;

    private readonly double[] _energies = new double[FrameLength + 1]; // of the samples before each
    private readonly double[] _differences = new double[LongestLag + 2]; // d'(lag)

    /// <summary>Estimates the pitch of a frame.</summary>
    /// <param name="samples">[1024].</param>
    public Pitch Estimate(ReadOnlySpan<float> samples)
    {
        NormaliseDifferences(samples[..FrameLength]);
        int lag = FirstDip();
        double left = _differences[lag - 1], middle = _differences[lag], right = _differences[lag + 1];
        double bend = left - (2 * middle) + right;
        double fraction = bend > 0 ? Math.Clamp(0.5 * (left - right) / bend, -0.5, 0.5) : 0;
        double least = middle - (0.25 * (left - right) * fraction);
        return new Pitch(SoundFrame.SampleRate / (lag + fraction), Math.Clamp(1 - least, 0, 1));
    }

    // Steps 2 and 3: d(lag) = sum of (x[j] - x[j + lag])², over its mean at shorter lags.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // otherwise short films end before the code is optimised
    private void NormaliseDifferences(ReadOnlySpan<float> samples)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            _energies[i + 1] = _energies[i] + ((double)samples[i] * samples[i]);
        }

        ReadOnlySpan<float> still = samples[..Window];
        double sum = 0;
        _differences[0] = 1;
        for (int lag = 1; lag <= LongestLag + 1; lag++)
        {
            double product = DotProduct.Of(still, samples.Slice(lag, Window));
            double difference = Math.Max(0, _energies[Window] + _energies[lag + Window] - _energies[lag] - (2 * product));
            sum += difference;
            _differences[lag] = sum > 0 ? difference * lag / sum : 1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // otherwise short films end before the code is optimised
    private int FirstDip()
    {
        int deepest = ShortestLag;
        for (int lag = ShortestLag; lag <= LongestLag; lag++)
        {
            if (_differences[lag] < _differences[deepest])
            {
                deepest = lag;
            }

            bool isDip = _differences[lag] <= _differences[lag - 1] && _differences[lag] < _differences[lag + 1];
            if (isDip && _differences[lag] < DipBelow)
            {
                return lag;
            }
        }

        return deepest;
    }
}
