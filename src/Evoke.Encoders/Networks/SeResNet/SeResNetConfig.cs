namespace Evoke.Encoders.Networks.SeResNet;

/// <summary>The shape of a squeeze-and-excitation residual network (Hu et al., CVPR 2018), as in Cadene/pretrained-models.pytorch.</summary>
public sealed record SeResNetConfig
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
