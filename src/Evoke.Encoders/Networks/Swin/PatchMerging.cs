using Evoke.Kernels.Layers;
using Evoke.Kernels.Parameters;
using Evoke.Kernels.Torch;
using static TorchSharp.torch;

namespace Evoke.Encoders.Networks.Swin;

/// <summary>Between two stages: each 2x2 patch of tokens becomes one token of twice the width (section 3.1).</summary>
internal sealed class PatchMerging(ParameterReader parameters, int width, NetworkPlacement placement) : IDisposable
{
    private readonly LayerNorm _norm = LayerNorm.Read(parameters["norm"], 4L * width, placement);
    private readonly LinearLayer _reduction = LinearLayer.Read(parameters["reduction"], 4L * width, 2L * width, placement, hasBias: false);

    /// <summary>[B, tokens, width] in the order of <see cref="TokenOrder.Merging"/> to [B, tokens / 4, 2 * width].</summary>
    public Tensor Forward(Tensor tokens)
    {
        Tensor patches = tokens.view(tokens.shape[0], tokens.shape[1] / 4, tokens.shape[2] * 4);  // [B, tokens / 4, 4C]
        return _reduction.Forward(_norm.Forward(patches));                                        // [B, tokens / 4, 2C]
    }

    public void Dispose()
    {
        _norm.Dispose();
        _reduction.Dispose();
    }
}
