using Evoke.Media.Reading;

namespace Evoke.Encoders.Batches;

/// <summary>Features of a batch: row-major [items, numbers of an item] to row-major [items, width].</summary>
internal delegate float[] BatchEncoder(ReadOnlySpan<float> items);

/// <summary>One video passing through a network: frames are kept until a batch is full.</summary>
internal sealed class FrameBatchSession : IVisualEncodingSession
{
    private readonly PixelTransform _transform;
    private readonly BatchEncoder _encode;
    private readonly FeatureRows _rows;
    private readonly float[] _batch;
    private readonly int _frameNumbers;
    private int _waiting;

    /// <summary>Starts a video.</summary>
    /// <param name="transform">Turns the bytes of a frame into the network's input.</param>
    /// <param name="frameNumbers">Values per frame.</param>
    /// <param name="framesPerBatch">Frames per batch.</param>
    /// <param name="width">Length of a feature vector.</param>
    /// <param name="encode">The network.</param>
    public FrameBatchSession(PixelTransform transform, int frameNumbers, int framesPerBatch, int width, BatchEncoder encode)
    {
        _transform = transform;
        _frameNumbers = frameNumbers;
        _encode = encode;
        _rows = new FeatureRows(width);
        _batch = new float[framesPerBatch * frameNumbers]; // [B, numbers]
    }

    public int FramesWaiting => _waiting;

    public void Push(FrameChunk frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        _transform.Apply(frame.Rgb.Span, _batch.AsSpan(_waiting * _frameNumbers, _frameNumbers));
        _waiting++;
        if (_waiting * _frameNumbers == _batch.Length)
        {
            Encode();
        }
    }

    public float[] Complete(int steps)
    {
        Encode();
        return _rows.Take(steps);
    }

    public void Dispose()
    {
        // Only managed memory is used.
    }

    private void Encode()
    {
        if (_waiting > 0)
        {
            _rows.Add(_encode(_batch.AsSpan(0, _waiting * _frameNumbers)));
            _waiting = 0;
        }
    }
}
