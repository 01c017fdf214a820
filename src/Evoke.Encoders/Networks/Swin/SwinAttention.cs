using Evoke.Encoders.Networks.Layers;
using static TorchSharp.torch;

namespace Evoke.Encoders.Networks.Swin;

/// <summary>Multi-head attention within windows, with a learned bias for each pair of relative positions (section 3.2, equation 4).</summary>
internal sealed class SwinAttention : IDisposable
{
    private readonly LinearLayer _qkv;
    private readonly LinearLayer _proj;
    private readonly WindowGeometry _geometry;
    private readonly Tensor _bias;
    private readonly int _heads;
    private readonly int _headWidth;

    // Bias and mask for a whole batch: [B * windows, heads, N, N]; made for the largest batch so far.
    private Tensor? _batchBias;
    private long _batchBiasItems;

    public SwinAttention(ParameterReader parameters, int width, int heads, WindowGeometry geometry, NetworkPlacement placement)
    {
        _geometry = geometry;
        _heads = heads;
        _headWidth = width / heads;
        _qkv = LinearLayer.Read(parameters["qkv"], width, 3L * width, placement);
        _proj = LinearLayer.Read(parameters["proj"], width, width, placement);
        int offsets = (2 * geometry.Window) - 1;
        using Tensor table = parameters.Read("relative_position_bias_table", offsets * offsets, heads);
        _bias = BiasAndMask(table, geometry).to(placement.ActivationType, placement.TorchDevice).DetachFromDisposeScope();
    }

    /// <summary>The attention's output plus <paramref name="residual"/>: [B, tokens, width] in the order of <see cref="WindowGeometry.Order"/>.</summary>
    public Tensor ForwardAdd(Tensor tokens, Tensor residual)
    {
        long batch = tokens.shape[0];
        Tensor qkv = _qkv.Forward(tokens)                                                         // [B, tokens, 3C]
            .view(batch * _geometry.Windows, _geometry.WindowTokens, 3, _heads, _headWidth)       // [B*nW, N, 3, h, d]
            .permute(2, 0, 3, 1, 4);                                                              // [3, B*nW, h, N, d]
        Tensor attended = nn.functional.scaled_dot_product_attention(qkv[0], qkv[1], qkv[2], BiasFor(batch)) // [B*nW, h, N, d]
            .transpose(1, 2)                                                                      // [B*nW, N, h, d]
            .reshape(tokens.shape);                                                               // [B, tokens, C]
        return _proj.ForwardAdd(attended, residual);
    }

    public void Dispose()
    {
        _qkv.Dispose();
        _proj.Dispose();
        _bias.Dispose();
        _batchBias?.Dispose();
    }

    // [1 or nW, h, N, N]: without a shift, all windows share one bias.
    private static Tensor BiasAndMask(Tensor table, WindowGeometry geometry)
    {
        int n = geometry.WindowTokens;
        Tensor index = tensor(WindowGeometry.RelativePositionIndex(geometry.Window));
        Tensor bias = table.index_select(0, index).view(n, n, -1).permute(2, 0, 1).unsqueeze(0);  // [1, h, N, N]
        return geometry.Shift == 0
            ? bias.contiguous()
            : bias + tensor(geometry.Mask(), [geometry.Windows, 1, n, n]);                        // [nW, h, N, N]
    }

    private Tensor BiasFor(long batch)
    {
        long windows = batch * _geometry.Windows;
        if (_geometry.Shift == 0)
        {
            return _bias.expand(windows, -1, -1, -1);
        }

        if (_batchBias is null || _batchBiasItems < batch)
        {
            _batchBias?.Dispose();
            _batchBias = _bias.repeat(batch, 1, 1, 1).DetachFromDisposeScope();
            _batchBiasItems = batch;
        }

        return _batchBias.narrow(0, 0, windows);
    }
}
