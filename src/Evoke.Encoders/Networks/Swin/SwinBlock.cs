using Evoke.Kernels.Layers;
using Evoke.Kernels.OneDnn;
using Evoke.Kernels.Parameters;
using Evoke.Kernels.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Encoders.Networks.Swin;

/// <summary>One Swin block: attention within windows, then a two-layer perceptron, each on normalised tokens and added to them (equation 3).</summary>
internal sealed class SwinBlock : IDisposable
{
    /// <summary>Width of the perceptron's hidden layer over the block's width.</summary>
    public const int HiddenRatio = 4;

    private readonly LayerNorm _norm1;
    private readonly SwinAttention _attention;
    private readonly LayerNorm _norm2;
    private readonly LinearLayer _fc1;
    private readonly LinearLayer _fc2;

    public SwinBlock(ParameterReader parameters, int width, int heads, WindowGeometry geometry, NetworkPlacement placement)
    {
        _norm1 = LayerNorm.Read(parameters["norm1"], width, placement);
        _attention = new SwinAttention(parameters["attn"], width, heads, geometry, placement);
        _norm2 = LayerNorm.Read(parameters["norm2"], width, placement);
        _fc1 = LinearLayer.Read(parameters["mlp"]["fc1"], width, HiddenRatio * width, placement, Activation.Gelu);
        _fc2 = LinearLayer.Read(parameters["mlp"]["fc2"], HiddenRatio * width, width, placement);
    }

    /// <summary>[B, tokens, width] to the same, in the order of the block's windows.</summary>
    public Tensor Forward(Tensor tokens)
    {
        // Activations are the bulk of the memory: each block lets go of its own.
        using DisposeScope scope = NewDisposeScope();
        Tensor attended = _attention.ForwardAdd(_norm1.Forward(tokens), residual: tokens);
        Tensor hidden = _fc1.Forward(_norm2.Forward(attended));                                   // [B, tokens, 4 * width]
        return _fc2.ForwardAdd(hidden, residual: attended).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        _norm1.Dispose();
        _attention.Dispose();
        _norm2.Dispose();
        _fc1.Dispose();
        _fc2.Dispose();
    }
}
