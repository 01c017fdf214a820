using Evoke.Kernels.Layers;
using Evoke.Kernels.Parameters;
using Evoke.Kernels.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Encoders.Networks.Swin;

/// <summary>
/// Swin Transformer (Liu et al., "Hierarchical Vision Transformer using Shifted Windows", ICCV 2021) without its classifier:
/// last stage, layer normalisation, mean over the tokens. Parameters have the names of microsoft/Swin-Transformer.
/// </summary>
public sealed class SwinTransformer : IFeatureNetwork
{
    private readonly PatchEmbedding _patchEmbedding;
    private readonly List<SwinStage> _stages = [];
    private readonly LayerNorm _norm;
    private readonly NetworkPlacement _placement;

    /// <summary>Reads the network.</summary>
    /// <param name="config">Its shape.</param>
    /// <param name="weights">Parameters with microsoft's or timm's names.</param>
    /// <param name="network">Name of the network, for errors.</param>
    /// <param name="sourceName">Name of the weight file, for errors.</param>
    /// <param name="placement">Where it runs.</param>
    /// <exception cref="WeightsMismatchException">The weights are those of another network.</exception>
    public SwinTransformer(SwinConfig config, IStateDict weights, string network, string sourceName, NetworkPlacement placement)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(placement);
        _placement = placement;
        FeatureWidth = config.FeatureWidth;

        using IDisposable grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        ParameterReader parameters = new(TimmSwinNames.ToMicrosoft(weights), network, sourceName);
        _patchEmbedding = new PatchEmbedding(parameters["patch_embed"], config, placement);
        for (int stage = 0; stage < config.Depths.Count; stage++)
        {
            _stages.Add(new SwinStage(parameters["layers"][stage], config, stage, placement));
        }

        _norm = LayerNorm.Read(parameters["norm"], FeatureWidth, placement);
        parameters.CompleteOrDispose(this, IsBufferOrClassifier);
    }

    /// <inheritdoc/>
    public int FeatureWidth { get; }

    /// <summary>[B, 3, S, S] to [B, feature width].</summary>
    public Tensor Forward(Tensor batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Tensor tokens = _patchEmbedding.Forward(batch.to(_placement.TorchDevice));                // [B, (S/4)², C]
        foreach (SwinStage stage in _stages)
        {
            tokens = stage.Forward(tokens);                                                       // [B, tokens / 4, 2C]
        }

        return _norm.Forward(tokens).to(ScalarType.Float32).mean([1]);                            // [B, 8C]
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _patchEmbedding.Dispose();
        _stages.ForEach(stage => stage.Dispose());
        _norm.Dispose();
    }

    private static bool IsBufferOrClassifier(string name) =>
        name.StartsWith("head.", StringComparison.Ordinal)
        || name.EndsWith(".relative_position_index", StringComparison.Ordinal)
        || name.EndsWith(".attn_mask", StringComparison.Ordinal);
}
