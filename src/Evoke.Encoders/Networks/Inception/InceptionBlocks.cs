using Evoke.Kernels.OneDnn;
using Evoke.Kernels.Parameters;
using Evoke.Kernels.Torch;

namespace Evoke.Encoders.Networks.Inception;

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
        .ThenHalvingMaximum();

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
