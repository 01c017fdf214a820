using System.Runtime.InteropServices;
using Evoke.Encoders.Networks;
using Evoke.Media;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Encoders.Deep;

/// <summary>One video on its way through a network: frames are kept until a batch is full.</summary>
internal sealed class DeepVisualSession : IVisualEncodingSession
{
    private readonly Backbone _backbone;
    private readonly IFeatureNetwork _network;
    private readonly PixelTransform _transform;
    private readonly FeatureRows _rows;
    private readonly Tensor _batch;
    private readonly int _frameNumbers;
    private int _waiting;

    public DeepVisualSession(Backbone backbone, IFeatureNetwork network, int framesPerBatch)
    {
        _backbone = backbone;
        _network = network;
        _transform = new PixelTransform(backbone.Mean, backbone.Deviation);
        _rows = new FeatureRows(backbone.FeatureWidth);
        _frameNumbers = 3 * backbone.InputSide * backbone.InputSide;
        _batch = empty(framesPerBatch, 3, backbone.InputSide, backbone.InputSide).DetachFromDisposeScope(); // [B, 3, S, S]
    }

    public void Push(FrameChunk frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        Span<float> pictures = MemoryMarshal.Cast<byte, float>(_batch.bytes);
        _transform.Apply(frame.Rgb.Span, pictures.Slice(_waiting * _frameNumbers, _frameNumbers));
        _waiting++;
        if (_waiting == _batch.shape[0])
        {
            Encode();
        }
    }

    public float[] Complete(int steps)
    {
        Encode();
        return _rows.Take(steps);
    }

    public void Dispose() => _batch.Dispose();

    private void Encode()
    {
        if (_waiting == 0)
        {
            return;
        }

        using IDisposable inference = inference_mode();
        using DisposeScope scope = NewDisposeScope();
        Tensor features = _network.Forward(_batch.narrow(0, 0, _waiting));                        // [waiting, width]
        if (_backbone.NormalisesFeatures)
        {
            features = nn.functional.normalize(features, p: 2, dim: 1);
        }

        _rows.Add(MemoryMarshal.Cast<byte, float>(features.cpu().contiguous().bytes));
        _waiting = 0;
    }
}
