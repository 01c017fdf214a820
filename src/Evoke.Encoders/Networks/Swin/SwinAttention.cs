using Evoke.Kernels.Attention;
using Evoke.Kernels.Layers;
using Evoke.Kernels.Parameters;
using Evoke.Kernels.Torch;
using static TorchSharp.torch;

namespace Evoke.Encoders.Networks.Swin;

/// <summary>Multi-head attention within windows, with a learned bias for each pair of relative positions (section 3.2, equation 4).</summary>
internal sealed class SwinAttention : IDisposable
{
    private readonly LinearLayer _qkv;
    private readonly LinearLayer _proj;
    private readonly WindowGeometry _geometry;
    private readonly WindowBias _bias;
    private readonly int _heads;
    private readonly bool _isOnKernel;

    public SwinAttention(ParameterReader parameters, int width, int heads, WindowGeometry geometry, NetworkPlacement placement)
    {
        _geometry = geometry;
        _heads = heads;
        _qkv = LinearLayer.Read(parameters["qkv"], width, 3L * width, placement);
        _proj = LinearLayer.Read(parameters["proj"], width, width, placement);
        _isOnKernel = !placement.Device.IsCuda && WindowAttention.IsSupported && width == heads * WindowAttention.HeadWidth;
        int offsets = (2 * geometry.Window) - 1;
        using Tensor table = parameters.Read("relative_position_bias_table", offsets * offsets, heads);
        _bias = new WindowBias(table, geometry, placement, padded: _isOnKernel);
    }

    /// <summary>The attention's output plus <paramref name="residual"/>: [B, tokens, width] in the order of <see cref="WindowGeometry.Order"/>.</summary>
    public Tensor ForwardAdd(Tensor tokens, Tensor residual)
    {
        Tensor qkv = _qkv.Forward(tokens)                                                         // [B, tokens, 3C]
            .view(tokens.shape[0] * _geometry.Windows, _geometry.WindowTokens, 3, _heads, -1);    // [B*nW, N, 3, h, d]
        Tensor attended = _isOnKernel
            ? WindowAttention.Compute(qkv, _heads, _bias.Kinds, _bias.KindOf)                     // [B*nW, N, C]
            : Attend(qkv);
        return _proj.ForwardAdd(attended.reshape(tokens.shape), residual);                        // [B, tokens, C]
    }

    public void Dispose()
    {
        _qkv.Dispose();
        _proj.Dispose();
        _bias.Dispose();
    }

    // libtorch's own attention: [B*nW, N, 3, h, d] to [B*nW, N, h, d].
    private Tensor Attend(Tensor qkv)
    {
        Tensor parts = qkv.permute(2, 0, 3, 1, 4);                                                // [3, B*nW, h, N, d]
        Tensor bias = _bias.ForWindows(qkv.shape[0]);                                             // [B*nW, h, N, N]
        return nn.functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], bias).transpose(1, 2);
    }
}
