using Evoke.Kernels.Layers;
using Evoke.Kernels.Parameters;
using Evoke.Kernels.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Encoders.Networks.Inception;

/// <summary>
/// Inception v3 (Szegedy et al., "Rethinking the Inception Architecture for Computer Vision", CVPR 2016) without its classifiers: 2048 pooled
/// numbers of a 299-pixel picture. Parameters have torchvision's names; the input is not transformed within (<c>transform_input=False</c>).
/// </summary>
public sealed class InceptionV3 : IFeatureNetwork
{
    private readonly InceptionBranch _stem;
    private readonly List<InceptionBranch[]> _blocks;
    private readonly NetworkPlacement _placement;

    /// <summary>Reads the network.</summary>
    /// <param name="weights">Parameters with torchvision's names.</param>
    /// <param name="sourceName">Name of the weight file, for errors.</param>
    /// <param name="placement">Where it runs.</param>
    /// <exception cref="WeightsMismatchException">The weights are those of another network.</exception>
    public InceptionV3(IStateDict weights, string sourceName, NetworkPlacement placement)
    {
        ArgumentNullException.ThrowIfNull(placement);
        _placement = placement;
        using IDisposable grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        ParameterReader parameters = new(weights, "inception-v3", sourceName);
        InceptionBlocks blocks = new(placement);
        _stem = blocks.Stem(parameters);
        _blocks =
        [
            blocks.Square(parameters["Mixed_5b"], 192, 32),                                       // [B, 256, 35, 35]
            blocks.Square(parameters["Mixed_5c"], 256, 64),                                       // [B, 288, 35, 35]
            blocks.Square(parameters["Mixed_5d"], 288, 64),                                       // [B, 288, 35, 35]
            blocks.SquareHalving(parameters["Mixed_6a"]),                                         // [B, 768, 17, 17]
            blocks.Cross(parameters["Mixed_6b"], 128),                                            // [B, 768, 17, 17]
            blocks.Cross(parameters["Mixed_6c"], 160),
            blocks.Cross(parameters["Mixed_6d"], 160),
            blocks.Cross(parameters["Mixed_6e"], 192),
            blocks.CrossHalving(parameters["Mixed_7a"]),                                          // [B, 1280, 8, 8]
            blocks.Fan(parameters["Mixed_7b"], 1280),                                             // [B, 2048, 8, 8]
            blocks.Fan(parameters["Mixed_7c"], 2048),
        ];
        parameters.CompleteOrDispose(this, IsBufferOrClassifier);
    }

    /// <inheritdoc/>
    public int FeatureWidth => 2048;

    /// <summary>[B, 3, 299, 299] to [B, 2048].</summary>
    public Tensor Forward(Tensor batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Tensor maps = _stem.Forward(ChannelsLast.Of(batch.to(_placement.ActivationType, _placement.TorchDevice)));
        foreach (InceptionBranch[] block in _blocks)
        {
            Tensor[] outputs = [.. block.Select(branch => branch.Forward(maps))];
            maps = cat(outputs, 1);
        }

        return maps.to(ScalarType.Float32).mean([2, 3]);                                          // [B, 2048]
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stem.Dispose();
        foreach (InceptionBranch branch in _blocks.SelectMany(block => block))
        {
            branch.Dispose();
        }
    }

    private static bool IsBufferOrClassifier(string name) =>
        name.StartsWith("AuxLogits.", StringComparison.Ordinal)
        || name.StartsWith("fc.", StringComparison.Ordinal)
        || name.EndsWith(".num_batches_tracked", StringComparison.Ordinal);
}
