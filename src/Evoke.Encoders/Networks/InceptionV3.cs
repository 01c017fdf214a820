using Evoke.Kernels.Layers;
using Evoke.Kernels.OneDnn;
using Evoke.Kernels.Parameters;
using Evoke.Kernels.Torch;
using TorchSharp;
using static TorchSharp.torch;

// Shapes: B pictures, C channels, H rows, W columns.
namespace Evoke.Encoders.Networks;

/// <summary>
/// Inception v3 (Szegedy et al., "Rethinking the Inception Architecture for Computer Vision", CVPR 2016) without its classifiers: 2048 pooled
/// numbers of a 299-pixel picture. Parameters have torchvision's names; the input is not transformed within (<c>transform_input=False</c>).
/// </summary>
internal sealed class InceptionV3 : IFeatureNetwork
{
    private readonly InceptionBranch _stem;
    private readonly List<InceptionBranch[]> _blocks;
    private readonly NetworkPlacement _placement;

    /// <summary>Reads the network.</summary>
    /// <param name="weights">Parameters with torchvision's names, see <see cref="InnerStateDict"/>.</param>
    /// <param name="sourceName">Name of the weight file, for errors.</param>
    /// <param name="placement">Where it runs.</param>
    /// <exception cref="WeightsMismatchException">The weights are those of another network.</exception>
    /// <exception cref="RepeatedWeightsException">The weights of the network are there more than once.</exception>
    public InceptionV3(IStateDict weights, string sourceName, NetworkPlacement placement)
    {
        ArgumentNullException.ThrowIfNull(placement);
        _placement = placement;
        using IDisposable grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        ParameterReader parameters = new(InnerStateDict.Find(weights, "Conv2d_1a_3x3.conv.weight", "inception-v3", sourceName), "inception-v3", sourceName);
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
        Tensor maps = _stem.Forward(ChannelsLast.Of(batch.to(_placement.ActivationType, _placement.ResolveDevice()))); // [B, 192, 35, 35]
        foreach (InceptionBranch[] block in _blocks)
        {
            Tensor[] outputs = [.. block.Select(branch => branch.Forward(maps))];
            maps = cat(outputs, 1);                                                               // [B, C, H, W] as in the list of blocks
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

/// <summary>Reads the stem and the five kinds of blocks of Inception v3 (Szegedy et al., CVPR 2016, figures 5 to 7 and 10), by torchvision's names.</summary>
/// <remarks>A block is a list of branches whose outputs are joined along the channels, in this order.</remarks>
internal sealed class InceptionBlocks(NetworkPlacement placement)
{
    private static readonly ConvolutionShape Point = new(1, 1);
    private static readonly ConvolutionShape Halving = new(3, 3) { Stride = 2 };
    private static readonly ConvolutionShape Row7 = ConvolutionShape.Same(1, 7);
    private static readonly ConvolutionShape Column7 = ConvolutionShape.Same(7, 1);

    /// <summary>The first layers: [B, 3, 299, 299] to [B, 192, 35, 35].</summary>
    public InceptionBranch Stem(ParameterReader p) => Branch()
        .Then(p["Conv2d_1a_3x3"], 3, 32, Halving)                                                 // [B, 32, 149, 149]
        .Then(p["Conv2d_2a_3x3"], 32, 32, new ConvolutionShape(3, 3))                             // [B, 32, 147, 147]
        .Then(p["Conv2d_2b_3x3"], 32, 64, ConvolutionShape.Same(3, 3))                            // [B, 64, 147, 147]
        .ThenHalvingMaximum()                                                                     // [B, 64, 73, 73]
        .Then(p["Conv2d_3b_1x1"], 64, 80, Point)                                                  // [B, 80, 73, 73]
        .Then(p["Conv2d_4a_3x3"], 80, 192, new ConvolutionShape(3, 3))                            // [B, 192, 71, 71]
        .ThenHalvingMaximum();                                                                    // [B, 192, 35, 35]

    /// <summary>InceptionA, figure 5: [B, inputs, 35, 35] to [B, 224 + pooled, 35, 35].</summary>
    public InceptionBranch[] Square(ParameterReader p, long inputs, long pooled) =>
    [
        Branch().Then(p["branch1x1"], inputs, 64, Point),
        Branch().Then(p["branch5x5_1"], inputs, 48, Point).Then(p["branch5x5_2"], 48, 64, ConvolutionShape.Same(5, 5)),
        Branch().Then(p["branch3x3dbl_1"], inputs, 64, Point)
            .Then(p["branch3x3dbl_2"], 64, 96, ConvolutionShape.Same(3, 3))
            .Then(p["branch3x3dbl_3"], 96, 96, ConvolutionShape.Same(3, 3)),
        Branch().ThenAverage().Then(p["branch_pool"], inputs, pooled, Point),
    ];

    /// <summary>InceptionB, figure 10: [B, 288, 35, 35] to [B, 768, 17, 17].</summary>
    public InceptionBranch[] SquareHalving(ParameterReader p) =>
    [
        Branch().Then(p["branch3x3"], 288, 384, Halving),
        Branch().Then(p["branch3x3dbl_1"], 288, 64, Point)
            .Then(p["branch3x3dbl_2"], 64, 96, ConvolutionShape.Same(3, 3))
            .Then(p["branch3x3dbl_3"], 96, 96, Halving),
        Branch().ThenHalvingMaximum(),
    ];

    /// <summary>InceptionC, figure 6: [B, 768, 17, 17] to the same, with <paramref name="width"/> channels within.</summary>
    public InceptionBranch[] Cross(ParameterReader p, long width) =>
    [
        Branch().Then(p["branch1x1"], 768, 192, Point),
        Branch().Then(p["branch7x7_1"], 768, width, Point)
            .Then(p["branch7x7_2"], width, width, Row7)
            .Then(p["branch7x7_3"], width, 192, Column7),
        Branch().Then(p["branch7x7dbl_1"], 768, width, Point)
            .Then(p["branch7x7dbl_2"], width, width, Column7)
            .Then(p["branch7x7dbl_3"], width, width, Row7)
            .Then(p["branch7x7dbl_4"], width, width, Column7)
            .Then(p["branch7x7dbl_5"], width, 192, Row7),
        Branch().ThenAverage().Then(p["branch_pool"], 768, 192, Point),
    ];

    /// <summary>InceptionD, figure 10: [B, 768, 17, 17] to [B, 1280, 8, 8].</summary>
    public InceptionBranch[] CrossHalving(ParameterReader p) =>
    [
        Branch().Then(p["branch3x3_1"], 768, 192, Point).Then(p["branch3x3_2"], 192, 320, Halving),
        Branch().Then(p["branch7x7x3_1"], 768, 192, Point)
            .Then(p["branch7x7x3_2"], 192, 192, Row7)
            .Then(p["branch7x7x3_3"], 192, 192, Column7)
            .Then(p["branch7x7x3_4"], 192, 192, Halving),
        Branch().ThenHalvingMaximum(),
    ];

    /// <summary>InceptionE, figure 7: [B, inputs, 8, 8] to [B, 2048, 8, 8].</summary>
    public InceptionBranch[] Fan(ParameterReader p, long inputs) =>
    [
        Branch().Then(p["branch1x1"], inputs, 320, Point),
        Branch().Then(p["branch3x3_1"], inputs, 384, Point).ThenFork(p["branch3x3_2a"], p["branch3x3_2b"]),
        Branch().Then(p["branch3x3dbl_1"], inputs, 448, Point)
            .Then(p["branch3x3dbl_2"], 448, 384, ConvolutionShape.Same(3, 3))
            .ThenFork(p["branch3x3dbl_3a"], p["branch3x3dbl_3b"]),
        Branch().ThenAverage().Then(p["branch_pool"], inputs, 192, Point),
    ];

    private InceptionBranch Branch() => new(placement);
}

/// <summary>Steps after each other: poolings, and convolutions with batch normalisation and ReLU (torchvision's BasicConv2d).</summary>
internal sealed class InceptionBranch(NetworkPlacement placement) : IDisposable
{
    private const double Epsilon = 1e-3;

    private readonly List<ConvolutionLayer> _layers = [];
    private readonly List<Func<Tensor, Tensor>> _steps = [];

    /// <summary>Adds a convolution.</summary>
    /// <param name="unit">Has <c>conv</c> and <c>bn</c>.</param>
    /// <param name="inputs">Channels in.</param>
    /// <param name="outputs">Channels out.</param>
    /// <param name="shape">The kernel.</param>
    public InceptionBranch Then(ParameterReader unit, long inputs, long outputs, ConvolutionShape shape)
    {
        _steps.Add(Read(unit, inputs, outputs, shape).Forward);
        return this;
    }

    /// <summary>Adds a fork: a 1x3 and a 3x1 convolution of the same input, 384 channels each, side by side.</summary>
    public InceptionBranch ThenFork(ParameterReader row, ParameterReader column)
    {
        ConvolutionLayer first = Read(row, 384, 384, ConvolutionShape.Same(1, 3));
        ConvolutionLayer second = Read(column, 384, 384, ConvolutionShape.Same(3, 1));
        _steps.Add(maps => cat([first.Forward(maps), second.Forward(maps)], 1));                  // [B, 768, H, W]
        return this;
    }

    /// <summary>Adds a 3x3 average that keeps height and width; zeros of the border count.</summary>
    public InceptionBranch ThenAverage()
    {
        _steps.Add(maps => nn.functional.avg_pool2d(maps, 3, 1, 1));
        return this;
    }

    /// <summary>Adds a 3x3 maximum with stride 2.</summary>
    public InceptionBranch ThenHalvingMaximum()
    {
        _steps.Add(maps => nn.functional.max_pool2d(maps, 3, 2));
        return this;
    }

    /// <summary>[B, C, H, W] through every step.</summary>
    public Tensor Forward(Tensor maps) => _steps.Aggregate(maps, (input, step) => step(input));

    public void Dispose() => _layers.ForEach(layer => layer.Dispose());

    private ConvolutionLayer Read(ParameterReader unit, long inputs, long outputs, ConvolutionShape shape)
    {
        _layers.Add(ConvolutionLayer.ReadNormalised(unit["conv"], unit["bn"], inputs, outputs, shape, Epsilon, placement, Activation.Relu));
        return _layers[^1];
    }
}
