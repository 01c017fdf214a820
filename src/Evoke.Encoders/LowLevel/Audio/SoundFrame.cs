using System.Runtime.CompilerServices;
using Evoke.Encoders.Signal;

namespace Evoke.Encoders.LowLevel.Audio;

/// <summary>The spectrum of 32 ms of sound, computed once for all descriptors.</summary>
internal sealed class SoundFrame
{
    public const int SampleRate = 16_000;
    public const int Length = 512;
    public const int Hop = 256;
    public const int Bins = (Length / 2) + 1;
    public const int BandCount = 16;
    public const double BinHz = (double)SampleRate / Length;

    /// <summary>Below this (-100 dB) everything counts as silence.</summary>
    public const double PowerFloor = 1e-10;

    /// <summary>Frames below this (dB of full scale) are silent: they have no spectral shape and no pitch.</summary>
    public const float SilentBelow = -60;

    private readonly double[] _window = SpectralWindow.PeriodicHann(Length);
    private readonly RealFft _fft = new(Length);
    private readonly MelFilterbank _mel = new(SampleRate, Length, BandCount, 60, 8000);
    private readonly float _scale;

    public SoundFrame() => _scale = (float)(2 / (Length * _window.Sum(w => w * w)));

    /// <summary>Power per bin, without the constant part, [257]; the sum is the mean square of the samples.</summary>
    public float[] Power { get; } = new float[Bins];

    /// <summary>Mean square of the windowed samples, 0.5 for a full-scale tone.</summary>
    public float TotalPower { get; private set; }

    /// <summary>Power in dB of full scale, -100 and more.</summary>
    public float Decibels { get; private set; }

    /// <summary>True if there is nothing to describe but silence.</summary>
    public bool IsSilent => Decibels < SilentBelow;

    /// <summary>Power in mel bands from 60 to 8000 Hz in dB, -100 and more, [16].</summary>
    public float[] BandDecibels { get; } = new float[BandCount];

    /// <summary>dB of full scale of a power, -100 and more.</summary>
    public static float ToDecibels(double power) => (float)(10 * Math.Log10(power + PowerFloor));

    /// <summary>Takes the spectrum.</summary>
    /// <param name="samples">[512].</param>
    public void Load(ReadOnlySpan<float> samples)
    {
        _fft.Power(samples, _window, Power);
        Power[0] = 0;
        Scale();
        Decibels = ToDecibels(TotalPower);
        _mel.Apply(Power, BandDecibels);
        for (int band = 0; band < BandDecibels.Length; band++)
        {
            BandDecibels[band] = ToDecibels(BandDecibels[band]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // otherwise short films end before the code is optimised
    private void Scale()
    {
        float sum = 0;
        for (int bin = 0; bin < Power.Length; bin++)
        {
            Power[bin] *= _scale;
            sum += Power[bin];
        }

        TotalPower = sum;
    }
}
