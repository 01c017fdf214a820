using Evoke.Kernels.Layers;
using Evoke.Kernels.OneDnn;
using Evoke.Kernels.Parameters;
using Evoke.Kernels.Torch;
using static TorchSharp.torch;

namespace Evoke.Encoders.Networks.Swin;

/// <summary>Cuts a picture into 4x4 patches and makes each a token.</summary>
internal sealed class PatchEmbedding : IDisposable
{
    /// <summary>Side of a patch in pixels.</summary>
    public const int PatchSide = 4;

    private const int PatchNumbers = 3 * PatchSide * PatchSide;

    private readonly LinearLayer _projection;
    private readonly LayerNorm _norm;
    private readonly Tensor _order;
    private readonly ScalarType _type;

    public PatchEmbedding(ParameterReader parameters, SwinConfig config, NetworkPlacement placement)
    {
        _type = placement.ActivationType;

        // A convolution whose stride is its size is a linear layer on patches.
        using Tensor weight = parameters["proj"].Read("weight", config.Width, 3, PatchSide, PatchSide);
        using Tensor bias = parameters["proj"].Read("bias", config.Width);
        using Tensor matrix = weight.view(config.Width, PatchNumbers);
        _projection = LinearLayer.Create(matrix, bias, placement.InFloat, Activation.None);
        _norm = LayerNorm.Read(parameters["norm"], config.Width, placement);
        _order = tensor(SwinStage.PlainWindows(config, 0).Order, device: placement.TorchDevice).DetachFromDisposeScope();
    }

    /// <summary>[B, 3, S, S] to [B, (S/4)², C] in the order of the first stage's windows.</summary>
    public Tensor Forward(Tensor pictures)
    {
        (long batch, long side) = (pictures.shape[0], pictures.shape[2] / PatchSide);
        Tensor patches = pictures.to(_type)
            .view(batch, 3, side, PatchSide, side, PatchSide)
            .permute(0, 2, 4, 1, 3, 5)                                                            // [B, S/4, S/4, 3, 4, 4]
            .reshape(batch, side * side, PatchNumbers)                                            // [B, (S/4)², 48]
            .index_select(1, _order);
        return _norm.Forward(_projection.Forward(patches));                                       // [B, (S/4)², C]
    }

    public void Dispose()
    {
        _projection.Dispose();
        _norm.Dispose();
        _order.Dispose();
    }
}
