using System.IO.Hashing;
using Evoke.Media.Reading;

namespace Evoke.Encoders.Batches;

/// <summary>Features of a batch: row-major [items, numbers of an item] to row-major [items, width].</summary>
internal delegate float[] BatchEncoder(Memory<float> items);

/// <summary>Writes the numbers that a network takes of one picture.</summary>
/// <param name="rgb">Interleaved RGB.</param>
/// <param name="item">Its numbers, in the network's order.</param>
internal delegate void PicturePreparer(ReadOnlySpan<byte> rgb, Span<float> item);

/// <summary>One video passing through a network: frames are kept until a batch is full. A picture that was seen before, as in stills, slides and held
/// frames, is not encoded again.</summary>
internal sealed class FrameBatchSession : IVisualEncodingSession
{
    private readonly PicturePreparer _prepare;
    private readonly BatchEncoder _encode;
    private readonly FeatureRows _rows;
    private readonly float[] _batch;
    private readonly int _frameNumbers;
    private readonly Dictionary<UInt128, int> _rowOfPicture = []; // by the hash of its bytes
    private readonly List<int> _rowOfFrame = [];
    private int _pictures; // in the batch
    private int _waiting;

    /// <summary>Starts a video.</summary>
    /// <param name="prepare">Turns the bytes of a frame into the network's input.</param>
    /// <param name="frameNumbers">Values per frame.</param>
    /// <param name="framesPerBatch">Frames per batch.</param>
    /// <param name="width">Length of a feature vector.</param>
    /// <param name="encode">The network.</param>
    public FrameBatchSession(PicturePreparer prepare, int frameNumbers, int framesPerBatch, int width, BatchEncoder encode)
    {
        _prepare = prepare;
        _frameNumbers = frameNumbers;
        _encode = encode;
        _rows = new FeatureRows(width);
        _batch = new float[framesPerBatch * frameNumbers]; // [B, numbers]
    }

    public int FramesWaiting => _waiting;

    public void Push(FrameChunk frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        UInt128 picture = XxHash128.HashToUInt128(frame.Rgb.Span);
        if (!_rowOfPicture.TryGetValue(picture, out int row))
        {
            row = _rowOfPicture.Count;
            _rowOfPicture.Add(picture, row);
            _prepare(frame.Rgb.Span, _batch.AsSpan(_pictures * _frameNumbers, _frameNumbers));
            _pictures++;
        }

        _rowOfFrame.Add(row);
        _waiting += _pictures > 0 ? 1 : 0;
        if (_pictures * _frameNumbers == _batch.Length)
        {
            Encode();
        }
    }

    public float[] Complete(int steps)
    {
        Encode();
        return _rows.Take(steps, _rowOfFrame);
    }

    public void Dispose()
    {
        // Only managed memory is used.
    }

    private void Encode()
    {
        if (_pictures > 0)
        {
            _rows.Add(_encode(_batch.AsMemory(0, _pictures * _frameNumbers)));
            (_pictures, _waiting) = (0, 0);
        }
    }
}
