using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Evoke.Encoders.Signal;

/// <summary>The parameters of a log-mel spectrogram. The defaults are VGGish's (Hershey et al., ICASSP 2017).</summary>
internal readonly record struct LogMelOptions()
{
    /// <summary>Samples per second.</summary>
    public int SampleRate { get; init; } = 16_000;

    /// <summary>Samples under the (periodic Hann) window: 25 ms.</summary>
    public int WindowLength { get; init; } = 400;

    /// <summary>Samples from one frame to the next: 10 ms.</summary>
    public int HopLength { get; init; } = 160;

    /// <summary>Samples per transform, a power of two, at least <see cref="WindowLength"/>.</summary>
    public int FftSize { get; init; } = 512;

    /// <summary>Mel bands.</summary>
    public int Bands { get; init; } = 64;

    /// <summary>Lower edge of the first band (Hz).</summary>
    public double LowHz { get; init; } = 125;

    /// <summary>Upper edge of the last band (Hz).</summary>
    public double HighHz { get; init; } = 7500;

    /// <summary>Added to the band's magnitude before the logarithm.</summary>
    public float LogOffset { get; init; } = 0.01f;
}

/// <summary>Log-mel spectra: log(mel bands of the magnitude spectrum + offset) of windows that step through a signal.</summary>
/// <remarks>Frame f covers samples [f * hop, f * hop + window); only whole windows make a frame. Holds scratch memory: one instance per thread.</remarks>
internal sealed class LogMelSpectrogram
{
    private readonly LogMelOptions _options;
    private readonly double[] _window;
    private readonly RealFft _fft;
    private readonly MelFilterbank _filterbank;
    private readonly float[] _spectrum;

    /// <summary>Prepares window, transform and filterbank.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public LogMelSpectrogram(LogMelOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.HopLength, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.WindowLength, options.FftSize, nameof(options));
        _options = options;
        _window = SpectralWindow.PeriodicHann(options.WindowLength);
        _fft = new RealFft(options.FftSize);
        _filterbank = new MelFilterbank(options.SampleRate, options.FftSize, options.Bands, options.LowHz, options.HighHz);
        _spectrum = new float[_fft.Bins];
    }

    /// <summary>Values per frame.</summary>
    public int Bands => _options.Bands;

    /// <summary>How many frames a signal of so many samples has.</summary>
    public int FrameCount(int samples)
        => samples < _options.WindowLength ? 0 : 1 + ((samples - _options.WindowLength) / _options.HopLength);

    /// <summary>One frame.</summary>
    /// <param name="samples">At least a window of samples; the first ones are used.</param>
    /// <param name="bands">[<see cref="Bands"/>].</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer samples than a window.</exception>
    public void ComputeFrame(ReadOnlySpan<float> samples, Span<float> bands)
    {
        _fft.Power(samples[.._options.WindowLength], _window, _spectrum);
        TakeRoots(_spectrum);
        _filterbank.Apply(_spectrum, bands);
        TakeLogarithms(bands[..Bands], _options.LogOffset);
    }

    /// <summary>All frames of a signal.</summary>
    /// <param name="signal">Mono, in [-1,1].</param>
    /// <returns>Row-major [<see cref="FrameCount"/>, <see cref="Bands"/>].</returns>
    public float[] Compute(ReadOnlySpan<float> signal)
    {
        float[] frames = new float[FrameCount(signal.Length) * Bands]; // [frames, bands]
        for (int f = 0; f * Bands < frames.Length; f++)
        {
            ComputeFrame(signal[(f * _options.HopLength)..], frames.AsSpan(f * Bands, Bands));
        }

        return frames;
    }

    // TensorPrimitives' functions of the same are compiled three times before they are fast, which takes longer than a minute of sound.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TakeRoots(Span<float> values)
    {
        int i = 0;
        for (; i <= values.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            Vector256.Sqrt(Vector256.Create<float>(values[i..])).CopyTo(values[i..]);
        }

        for (; i < values.Length; i++)
        {
            values[i] = MathF.Sqrt(values[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TakeLogarithms(Span<float> values, float offset)
    {
        int i = 0;
        for (; i <= values.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            Vector256.Log(Vector256.Create<float>(values[i..]) + Vector256.Create(offset)).CopyTo(values[i..]);
        }

        for (; i < values.Length; i++)
        {
            values[i] = MathF.Log(values[i] + offset);
        }
    }
}
