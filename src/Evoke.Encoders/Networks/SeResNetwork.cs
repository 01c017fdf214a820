using System.Globalization;
using Evoke.Kernels.Layers;
using Evoke.Kernels.OneDnn;
using Evoke.Kernels.Parameters;
using Evoke.Kernels.Torch;
using TorchSharp;
using static TorchSharp.torch;

// Shapes: B pictures, C channels, H rows, W columns.
namespace Evoke.Encoders.Networks;

/// <summary>The shape of a squeeze-and-excitation residual network (Hu et al., CVPR 2018), as in Cadene/pretrained-models.pytorch.</summary>
internal sealed record SeResNetConfig
{
    /// <summary>Blocks of each of the four stages.</summary>
    public required IReadOnlyList<int> Depths { get; init; }

    /// <summary>Groups of the 3x3 convolutions: 1 for ResNet, 32 for ResNeXt.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Channels of one group in the first stage (ResNeXt's "4d"); ResNet's one group has all 64.</summary>
    public int GroupWidth { get; init; } = 64;

    /// <summary>Where a stage halves its picture: in the first 1x1 convolution, as Caffe's ResNet did, or in the 3x3 one.</summary>
    public bool StridesInPointConvolution => Groups == 1;

    /// <summary>SE-ResNet-50.</summary>
    public static SeResNetConfig ResNet50 { get; } = new() { Depths = [3, 4, 6, 3] };

    /// <summary>SE-ResNet-101.</summary>
    public static SeResNetConfig ResNet101 { get; } = new() { Depths = [3, 4, 23, 3] };

    /// <summary>SE-ResNet-152.</summary>
    public static SeResNetConfig ResNet152 { get; } = new() { Depths = [3, 8, 36, 3] };

    /// <summary>SE-ResNeXt-50 (32x4d).</summary>
    public static SeResNetConfig ResNeXt50 { get; } = ResNet50 with { Groups = 32, GroupWidth = 4 };

    /// <summary>SE-ResNeXt-101 (32x4d): what the paper's authors call SE-ResNet.</summary>
    public static SeResNetConfig ResNeXt101 { get; } = ResNet101 with { Groups = 32, GroupWidth = 4 };
}

/// <summary>
/// SE-ResNet and SE-ResNeXt (Hu et al., "Squeeze-and-Excitation Networks", CVPR 2018) without the classifier: 2048 pooled numbers.
/// Parameters have the names of Cadene/pretrained-models.pytorch.
/// </summary>
internal sealed class SeResNetwork : IFeatureNetwork
{
    private const int FirstPlanes = 64;

    private readonly ConvolutionLayer _layer0;
    private readonly List<SeBottleneck> _layers = [];
    private readonly NetworkPlacement _placement;

    /// <summary>Reads the network.</summary>
    /// <param name="config">Its shape.</param>
    /// <param name="weights">Parameters with Cadene's names, see <see cref="InnerStateDict"/>.</param>
    /// <param name="network">Name of the network, for errors.</param>
    /// <param name="sourceName">Name of the weight file, for errors.</param>
    /// <param name="placement">Where it runs.</param>
    /// <exception cref="WeightsMismatchException">The weights are those of another network.</exception>
    /// <exception cref="RepeatedWeightsException">The weights of the network are there more than once.</exception>
    public SeResNetwork(SeResNetConfig config, IStateDict weights, string network, string sourceName, NetworkPlacement placement)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(placement);
        _placement = placement;
        using IDisposable grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        ParameterReader parameters = new(InnerStateDict.Find(weights, "layer0.conv1.weight", network, sourceName), network, sourceName);
        ParameterReader stem = parameters["layer0"];
        _layer0 = ConvolutionLayer.ReadNormalised(
            stem["conv1"], stem["bn1"], 3, FirstPlanes, ConvolutionShape.Same(7, 7) with { Stride = 2 }, SeBottleneck.Epsilon, placement, Activation.Relu);

        long channels = FirstPlanes;
        for (int stage = 0; stage < config.Depths.Count; stage++)
        {
            ParameterReader layer = parameters[string.Create(CultureInfo.InvariantCulture, $"layer{stage + 1}")];
            long planes = FirstPlanes << stage;
            for (int block = 0; block < config.Depths[stage]; block++)
            {
                long stride = stage > 0 && block == 0 ? 2 : 1;
                _layers.Add(new SeBottleneck(layer[block], config, channels, planes, stride, placement));
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
        Tensor maps = _layer0.Forward(ChannelsLast.Of(batch.to(_placement.ActivationType, _placement.ResolveDevice()))); // [B, 64, 112, 112]
        maps = nn.functional.max_pool2d(maps, 3, 2, ceil_mode: true);                             // [B, 64, 56, 56]
        foreach (SeBottleneck block in _layers)
        {
            maps = block.Forward(maps);                                                           // [B, 256, 56, 56] … [B, 2048, 7, 7]
        }

        return maps.to(ScalarType.Float32).mean([2, 3]);                                          // [B, 2048]
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _layer0.Dispose();
        _layers.ForEach(block => block.Dispose());
    }

    private static bool IsBufferOrClassifier(string name) =>
        name.StartsWith("last_linear.", StringComparison.Ordinal) || name.EndsWith(".num_batches_tracked", StringComparison.Ordinal);
}

/// <summary>A residual block of three convolutions whose output channels are weighed before the addition.</summary>
internal sealed class SeBottleneck : IDisposable
{
    /// <summary>Channels out per plane.</summary>
    public const int Expansion = 4;

    /// <summary>The batch normalisations' guard against a variance of 0.</summary>
    public const double Epsilon = 1e-5;

    private readonly ConvolutionLayer _conv1;
    private readonly ConvolutionLayer _conv2;
    private readonly ConvolutionLayer _conv3;
    private readonly SqueezeExcitation _seModule;
    private readonly ConvolutionLayer? _downsample;

    /// <summary>Reads a block.</summary>
    /// <param name="parameters">"layerN.M".</param>
    /// <param name="config">The network.</param>
    /// <param name="inputs">Channels in.</param>
    /// <param name="planes">64 in the first stage, twice as many in each later one; channels out are four times as many.</param>
    /// <param name="stride">2 where a stage halves its picture.</param>
    /// <param name="placement">Where it runs.</param>
    public SeBottleneck(ParameterReader parameters, SeResNetConfig config, long inputs, long planes, long stride, NetworkPlacement placement)
    {
        long width = planes * config.GroupWidth / 64 * config.Groups;
        long outputs = planes * Expansion;
        (long pointStride, long spatialStride) = config.StridesInPointConvolution ? (stride, 1L) : (1L, stride);
        _conv1 = Read("conv1", "bn1", inputs, width, new ConvolutionShape(1, 1) { Stride = pointStride }, Activation.Relu);
        _conv2 = Read("conv2", "bn2", width, width, ConvolutionShape.Same(3, 3) with { Stride = spatialStride, Groups = config.Groups }, Activation.Relu);
        _conv3 = Read("conv3", "bn3", width, outputs, new ConvolutionShape(1, 1), Activation.None);
        _seModule = new SqueezeExcitation(parameters["se_module"], outputs, placement);
        if (stride != 1 || inputs != outputs)
        {
            ParameterReader downsample = parameters["downsample"];
            _downsample = ConvolutionLayer.ReadNormalised(
                downsample[0], downsample[1], inputs, outputs, new ConvolutionShape(1, 1) { Stride = stride }, Epsilon, placement, Activation.None);
        }

        ConvolutionLayer Read(string convolution, string norm, long from, long to, ConvolutionShape shape, Activation activation) =>
            ConvolutionLayer.ReadNormalised(parameters[convolution], parameters[norm], from, to, shape, Epsilon, placement, activation);
    }

    /// <summary>[B, inputs, H, W] to [B, 4 * planes, H / stride, W / stride].</summary>
    public Tensor Forward(Tensor maps)
    {
        Tensor residual = _downsample?.Forward(maps) ?? maps;                                     // [B, 4 * planes, H', W']
        Tensor narrow = _conv1.Forward(maps);                                                     // [B, width, H or H', W or W']
        Tensor convolved = _conv2.Forward(narrow);                                                // [B, width, H', W']
        Tensor output = _conv3.Forward(convolved);                                                // [B, 4 * planes, H', W']
        return residual.addcmul(output, _seModule.Forward(output), 1).relu_();
    }

    public void Dispose()
    {
        _conv1.Dispose();
        _conv2.Dispose();
        _conv3.Dispose();
        _seModule.Dispose();
        _downsample?.Dispose();
    }
}

/// <summary>Weighs channels by what the whole picture shows: mean, two small layers, sigmoid.</summary>
internal sealed class SqueezeExcitation : IDisposable
{
    private const int Reduction = 16;

    private readonly LinearLayer _fc1;
    private readonly LinearLayer _fc2;

    public SqueezeExcitation(ParameterReader parameters, long channels, NetworkPlacement placement)
    {
        _fc1 = ReadPointwise(parameters["fc1"], channels, channels / Reduction, placement, Activation.Relu);
        _fc2 = ReadPointwise(parameters["fc2"], channels / Reduction, channels, placement, Activation.None);
    }

    /// <summary>The weights of the channels of [B, C, H, W]: [B, C, 1, 1], each in (0,1).</summary>
    public Tensor Forward(Tensor maps)
    {
        Tensor means = maps.mean([2, 3]);                                                         // [B, C]
        Tensor hidden = _fc1.Forward(means);                                                      // [B, C/16]
        return _fc2.Forward(hidden).sigmoid_().view(maps.shape[0], maps.shape[1], 1, 1);          // [B, C, 1, 1]
    }

    public void Dispose()
    {
        _fc1.Dispose();
        _fc2.Dispose();
    }

    // Cadene writes the two layers as 1x1 convolutions.
    private static LinearLayer ReadPointwise(ParameterReader parameters, long inputs, long outputs, NetworkPlacement placement, Activation activation)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor weight = parameters.Read("weight", outputs, inputs, 1, 1);
        return LinearLayer.Create(weight.view(outputs, inputs), parameters.Read("bias", outputs), placement, activation);
    }
}
