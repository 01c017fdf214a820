using Evoke.Encoders.Batches;
using Evoke.Media.Reading;

namespace Evoke.Encoders.Onnx;

/// <summary>One video passing through a network of clips. As many pictures are kept as a clip has.</summary>
internal sealed class ClipSession : IVisualEncodingSession
{
    private readonly ClipClock _clock;
    private readonly PixelTransform _transform;
    private readonly OnnxNetwork _network;
    private readonly FeatureRows _rows;
    private readonly byte[][] _pictures;
    private readonly float[] _batch;
    private readonly int _numbers;
    private readonly (int Frame, int Colour, int Row, int Column) _strides;
    private readonly int _width;
    private long _count;
    private long _encoded;
    private int _next;
    private int _waiting;

    /// <summary>Starts a video.</summary>
    /// <param name="clock">Which pictures make a clip.</param>
    /// <param name="transform">Turns bytes into the network's numbers.</param>
    /// <param name="input">The order of the network's dimensions.</param>
    /// <param name="network">The network.</param>
    public ClipSession(ClipClock clock, PixelTransform transform, OnnxPictureInput input, OnnxNetwork network)
    {
        _clock = clock;
        _transform = transform;
        _network = network;
        _width = input.Width;
        _rows = new FeatureRows(network.FeatureWidth);
        _pictures = new byte[clock.Frames][];
        _numbers = clock.Frames * 3 * input.Width * input.Height;
        _batch = new float[network.BatchSize * _numbers];
        _strides = (Stride('T'), Stride('C'), Stride('H'), Stride('W'));

        int Stride(char letter) => OnnxAxes.StrideOf(letter, input.Axes, input.Extents);
    }

    public int FramesWaiting => (int)Math.Min(int.MaxValue, _count - _encoded);

    public void Push(FrameChunk frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ref byte[]? place = ref _pictures[(int)(_count % _pictures.Length)]!;
        place ??= new byte[frame.Rgb.Length];
        frame.Rgb.CopyTo(place);
        _count++;
        while (_clock.LastOf(_next) < _count)
        {
            AddClip();
        }
    }

    public float[] Complete(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);

        // Clips that begin within the picture go on with its last frame; all later ones are that frame alone, encoded once.
        bool isStill = false;
        while (_next < steps && !isStill && _count > 0)
        {
            isStill = _clock.FirstOf(_next) >= _count;
            AddClip();
        }

        Encode();
        return _rows.Take(steps);
    }

    public void Dispose()
    {
        // Only managed memory is used.
    }

    private void AddClip()
    {
        long first = _clock.FirstOf(_next++);
        Span<float> clip = _batch.AsSpan(_waiting * _numbers, _numbers);
        for (int i = 0; i < _clock.Frames; i++)
        {
            long picture = Math.Clamp(first + i, 0, _count - 1);
            _transform.Apply(
                _pictures[(int)(picture % _pictures.Length)], clip[(i * _strides.Frame)..], _width, _strides.Colour, _strides.Row, _strides.Column);
        }

        _waiting++;
        if (_waiting * _numbers == _batch.Length)
        {
            Encode();
        }
    }

    private void Encode()
    {
        if (_waiting > 0)
        {
            _rows.Add(_network.Run(_batch[..(_waiting * _numbers)]));
            _waiting = 0;
        }

        _encoded = _count;
    }
}
