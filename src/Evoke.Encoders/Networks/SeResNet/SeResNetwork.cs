using System.Globalization;
using Evoke.Kernels.Layers;
using Evoke.Kernels.OneDnn;
using Evoke.Kernels.Parameters;
using Evoke.Kernels.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Encoders.Networks.SeResNet;

/// <summary>
/// SE-ResNet and SE-ResNeXt (Hu et al., "Squeeze-and-Excitation Networks", CVPR 2018) without the classifier: 2048 pooled numbers.
/// Parameters have the names of Cadene/pretrained-models.pytorch.
/// </summary>
public sealed class SeResNetwork : IFeatureNetwork
{
    private const int FirstPlanes = 64;

    private readonly ConvolutionLayer _stem;
    private readonly List<SeBottleneck> _blocks = [];
    private readonly NetworkPlacement _placement;

    /// <summary>Reads the network.</summary>
    /// <param name="config">Its shape.</param>
    /// <param name="weights">Parameters with Cadene's names.</param>
    /// <param name="network">Name of the network, for errors.</param>
    /// <param name="sourceName">Name of the weight file, for errors.</param>
    /// <param name="placement">Where it runs.</param>
    /// <exception cref="WeightsMismatchException">The weights are those of another network.</exception>
    public SeResNetwork(SeResNetConfig config, IStateDict weights, string network, string sourceName, NetworkPlacement placement)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(placement);
        _placement = placement;
        using IDisposable grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        ParameterReader parameters = new(weights, network, sourceName);
        ParameterReader stem = parameters["layer0"];
        _stem = ConvolutionLayer.ReadNormalised(
            stem["conv1"], stem["bn1"], 3, FirstPlanes, ConvolutionShape.Same(7, 7) with { Stride = 2 }, SeBottleneck.Epsilon, placement, Activation.Relu);

        long channels = FirstPlanes;
        for (int stage = 0; stage < config.Depths.Count; stage++)
        {
            ParameterReader layer = parameters[string.Create(CultureInfo.InvariantCulture, $"layer{stage + 1}")];
            long planes = FirstPlanes << stage;
            for (int block = 0; block < config.Depths[stage]; block++)
            {
                long stride = stage > 0 && block == 0 ? 2 : 1;
                _blocks.Add(new SeBottleneck(layer[block], config, channels, planes, stride, placement));
                channels = planes * SeBottleneck.Expansion;
            }
        }

        FeatureWidth = (int)channels;
        parameters.CompleteOrDispose(this, IsBufferOrClassifier);
    }

    /// <inheritdoc/>
    public int FeatureWidth { get; }

    /// <summary>[B, 3, 224, 224] to [B, 2048].</summary>
    public Tensor Forward(Tensor batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Tensor maps = _stem.Forward(ChannelsLast.Of(batch.to(_placement.ActivationType, _placement.TorchDevice))); // [B, 64, 112, 112]
        maps = nn.functional.max_pool2d(maps, 3, 2, ceil_mode: true);                             // [B, 64, 56, 56]
        foreach (SeBottleneck block in _blocks)
        {
            maps = block.Forward(maps);                                                           // [B, 256, 56, 56] … [B, 2048, 7, 7]
        }

        return maps.to(ScalarType.Float32).mean([2, 3]);                                          // [B, 2048]
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stem.Dispose();
        _blocks.ForEach(block => block.Dispose());
    }

    private static bool IsBufferOrClassifier(string name) =>
        name.StartsWith("last_linear.", StringComparison.Ordinal) || name.EndsWith(".num_batches_tracked", StringComparison.Ordinal);
}
