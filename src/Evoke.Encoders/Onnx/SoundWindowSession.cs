using Evoke.Encoders.Batches;

namespace Evoke.Encoders.Onnx;

/// <summary>Writes the numbers of one item from the samples of a window and its context.</summary>
internal delegate void WindowPreparer(ReadOnlySpan<float> samples, Span<float> item);

/// <summary>The sound of one video passing through a network, window by window.</summary>
internal sealed class SoundWindowSession : IAudioEncodingSession
{
    private readonly SoundWindows _windows;
    private readonly OnnxSoundInput _input;
    private readonly WindowPreparer _prepare;
    private readonly OnnxNetwork _network;
    private readonly OnnxState? _state;
    private readonly WindowRows _rows;
    private readonly float[] _batch;
    private readonly int[] _steps;
    private readonly SampleQueue _samples = new();
    private readonly long _lead;
    private int _waiting;
    private long _next;

    /// <summary>Starts a video.</summary>
    /// <param name="windows">Where windows lie.</param>
    /// <param name="input">What goes into the network.</param>
    /// <param name="prepare">Makes an item of a window.</param>
    /// <param name="network">The network.</param>
    public SoundWindowSession(SoundWindows windows, OnnxSoundInput input, WindowPreparer prepare, OnnxNetwork network)
    {
        _windows = windows;
        _input = input;
        _prepare = prepare;
        _network = network;
        _state = network.CarriesState ? network.StartState() : null;
        _rows = new WindowRows(network.FeatureWidth, input.Resolved.WithinStep ?? OnnxWithinStep.Mean);
        _batch = new float[network.BatchSize * input.ItemNumbers];
        _steps = new int[network.BatchSize];

        // What windows see of the time before the film is silence.
        _lead = Math.Max(0, -windows.StartOf(0)) + input.Context;
        _samples.AddSilenceUntil(_lead);
    }

    /// <summary>Samples that later windows need: less than a window and its context.</summary>
    public int SamplesKept => _samples.Count;

    private long NextStart => _windows.StartOf(_next) + _lead;

    private long NextEnd => NextStart + _input.Length;

    public void Push(ReadOnlySpan<float> samples)
    {
        _samples.Add(samples);
        while (NextEnd <= _samples.End)
        {
            AddWindow();
        }
    }

    public float[] Complete(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        long wanted = _windows.CountFor(steps), soundEnd = _samples.End;

        // Windows that begin within the sound are padded with silence.
        while (_next < wanted && (NextStart < soundEnd || _state is not null))
        {
            _samples.AddSilenceUntil(NextEnd);
            AddWindow();
        }

        EncodeWaiting();
        if (_next < wanted)
        {
            AddSilence(wanted);
        }

        return steps == 0 ? [] : _rows.Take(steps, step => _windows.StepOfNearest(step, _next));
    }

    public void Dispose() => _state?.Dispose();

    private void AddWindow()
    {
        int numbers = _input.ItemNumbers;
        _prepare(_samples.Slice(NextStart - _input.Context, _input.Context + _input.Length), _batch.AsSpan(_waiting * numbers, numbers));
        _steps[_waiting++] = _windows.StepOf(_next++);
        _samples.Forget(NextStart - _input.Context);
        if (_waiting == _steps.Length)
        {
            EncodeWaiting();
        }
    }

    // Without state, all windows of pure silence give the same row: it is computed once. The one before may have sound in its context.
    private void AddSilence(long wanted)
    {
        float[] item = new float[_input.ItemNumbers];
        _prepare(new float[_input.Context + _input.Length], item);
        float[] row = _network.Run(item);
        while (_next < wanted)
        {
            _rows.Add(_windows.StepOf(_next++), row);
        }
    }

    private void EncodeWaiting()
    {
        if (_waiting == 0)
        {
            return;
        }

        float[] rows = _network.Run(_batch[..(_waiting * _input.ItemNumbers)], _state);
        int width = _network.FeatureWidth;
        for (int i = 0; i < _waiting; i++)
        {
            _rows.Add(_steps[i], rows.AsSpan(i * width, width));
        }

        _waiting = 0;
    }
}
