using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Evoke.Encoders.Signal;

/// <summary>The parameters of a log-mel spectrogram. The defaults are VGGish's (Hershey et al., ICASSP 2017).</summary>
internal readonly record struct LogMelOptions()
{
    /// <summary>Samples per second.</summary>
    public int SampleRate { get; init; } = 16_000;

    /// <summary>Samples under the window: 25 ms.</summary>
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

    /// <summary>Added to the band before the logarithm.</summary>
    public float LogOffset { get; init; } = 0.01f;

    /// <summary>What samples are multiplied by first.</summary>
    public float Gain { get; init; } = 1;

    /// <summary>What a frame is multiplied with.</summary>
    public SpectralWindowShape Window { get; init; } = SpectralWindowShape.Hann;

    /// <summary>True if frame f has its middle at sample f * hop of a signal that is mirrored at both ends, instead of its start at f * hop.</summary>
    public bool Centred { get; init; }

    /// <summary>True to subtract from each frame its mean.</summary>
    public bool RemoveDc { get; init; }

    /// <summary>Part of the sample before that is subtracted from each sample of a frame, 0 to 1; of the first sample itself.</summary>
    public double PreEmphasis { get; init; }

    /// <summary>True for the power of the spectrum, false for its magnitude.</summary>
    public bool Power { get; init; }

    /// <summary>The mel scale.</summary>
    public MelScale Scale { get; init; } = MelScale.Kaldi;

    /// <summary>True to divide each band by half its width in Hz.</summary>
    public bool AreaNormalised { get; init; }

    /// <summary>Smaller values of a band count as this before the logarithm.</summary>
    public float Floor { get; init; }

    /// <summary>True for 10 times the decimal logarithm, false for the natural one.</summary>
    public bool Decibels { get; init; }

    /// <summary>Subtracted after the logarithm.</summary>
    public float Subtract { get; init; }

    /// <summary>What the rest is divided by.</summary>
    public float DivideBy { get; init; } = 1;

    /// <summary>How many samples make so many frames.</summary>
    public int SamplesOf(int frames) => ((frames - 1) * HopLength) + (Centred ? 0 : WindowLength);
}

/// <summary>Log-mel spectra: log(mel bands of the spectrum + offset) of windows that step through a signal.</summary>
/// <remarks>
/// Frame f covers samples [f * hop, f * hop + window); only whole windows make a frame. With <see cref="LogMelOptions.Centred"/> the signal is mirrored at
/// both ends by half a window first. Holds scratch memory: one instance per thread.
/// </remarks>
internal sealed class LogMelSpectrogram
{
    private readonly LogMelOptions _options;
    private readonly double[] _window;
    private readonly RealFft _fft;
    private readonly MelFilterbank _filterbank;
    private readonly float[] _spectrum;
    private readonly float[] _frame;
    private readonly bool _isFrameChanged;
    private readonly double _scale;

    /// <summary>Prepares window, transform and filterbank.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public LogMelSpectrogram(LogMelOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.HopLength, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.WindowLength, options.FftSize, nameof(options));
        _options = options;
        _window = SpectralWindow.Of(options.Window, options.WindowLength);
        _fft = new RealFft(options.FftSize);
        _filterbank = new MelFilterbank(
            options.SampleRate, options.FftSize, options.Bands, options.LowHz, options.HighHz, options.Scale, options.AreaNormalised);
        _spectrum = new float[_fft.Bins];
        _isFrameChanged = options.RemoveDc || options.PreEmphasis != 0 || options.Gain != 1;
        _frame = new float[_isFrameChanged ? options.WindowLength : 0];
        _scale = (options.Decibels ? 10 / Math.Log(10) : 1) / options.DivideBy;
    }

    /// <summary>Values per frame.</summary>
    public int Bands => _options.Bands;

    /// <summary>How many frames a signal of so many samples has.</summary>
    public int FrameCount(int samples)
    {
        int all = _options.Centred ? samples + (2 * (_options.WindowLength / 2)) : samples;
        return all < _options.WindowLength || samples == 0 ? 0 : 1 + ((all - _options.WindowLength) / _options.HopLength);
    }

    /// <summary>One frame.</summary>
    /// <param name="samples">At least a window of samples; the first ones are used.</param>
    /// <param name="bands">[<see cref="Bands"/>].</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer samples than a window.</exception>
    public void ComputeFrame(ReadOnlySpan<float> samples, Span<float> bands)
    {
        ReadOnlySpan<float> frame = samples[.._options.WindowLength];
        _fft.Power(_isFrameChanged ? Changed(frame) : frame, _window, _spectrum);
        if (!_options.Power)
        {
            TakeRoots(_spectrum);
        }

        _filterbank.Apply(_spectrum, bands);
        if (_options.Floor > 0)
        {
            Raise(bands[..Bands], _options.Floor);
        }

        TakeLogarithms(bands[..Bands], _options.LogOffset);
        if (_scale != 1 || _options.Subtract != 0)
        {
            Scale(bands[..Bands], (float)_scale, _options.Subtract / _options.DivideBy);
        }
    }

    /// <summary>All frames of a signal.</summary>
    /// <param name="signal">Mono, in [-1,1].</param>
    /// <returns>Row-major [<see cref="FrameCount"/>, <see cref="Bands"/>].</returns>
    public float[] Compute(ReadOnlySpan<float> signal)
    {
        float[] frames = new float[FrameCount(signal.Length) * Bands]; // [frames, bands]
        Compute(signal, frames);
        return frames;
    }

    /// <summary>All frames of a signal.</summary>
    /// <param name="signal">Mono, in [-1,1]; longer than half a window if it is mirrored.</param>
    /// <param name="frames">[<see cref="FrameCount"/>, <see cref="Bands"/>].</param>
    public void Compute(ReadOnlySpan<float> signal, Span<float> frames)
    {
        ReadOnlySpan<float> framed = _options.Centred ? Mirrored(signal) : signal;
        for (int f = 0; f * Bands < frames.Length; f++)
        {
            ComputeFrame(framed[(f * _options.HopLength)..], frames.Slice(f * Bands, Bands));
        }
    }

    // Half a window at each end, without the end itself: numpy's and torch's "reflect".
    private float[] Mirrored(ReadOnlySpan<float> signal)
    {
        int half = _options.WindowLength / 2;
        float[] mirrored = new float[signal.Length + (2 * half)];
        signal.CopyTo(mirrored.AsSpan(half));
        for (int i = 1; i <= half; i++)
        {
            mirrored[half - i] = signal[i];
            mirrored[half + signal.Length - 1 + i] = signal[signal.Length - 1 - i];
        }

        return mirrored;
    }

    private float[] Changed(ReadOnlySpan<float> samples)
    {
        double mean = 0;
        if (_options.RemoveDc)
        {
            foreach (float sample in samples)
            {
                mean += sample;
            }

            mean /= samples.Length;
        }

        double before = samples[0] - mean;
        for (int i = 0; i < samples.Length; i++)
        {
            double sample = samples[i] - mean;
            _frame[i] = (float)(_options.Gain * (sample - (_options.PreEmphasis * before)));
            before = sample;
        }

        return _frame;
    }

    private static void Raise(Span<float> values, float floor)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Math.Max(values[i], floor);
        }
    }

    private static void Scale(Span<float> values, float factor, float subtract)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (values[i] * factor) - subtract;
        }
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
