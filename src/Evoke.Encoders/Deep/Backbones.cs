using System.Collections.Immutable;
using Evoke.Encoders.Networks;

namespace Evoke.Encoders.Deep;

/// <summary>Every network that sees, by name.</summary>
public static class Backbones
{
    private const string NormalisedSuffix = "-l2";

    // ImageNet's statistics, and the plain [-1,1] that Inception was trained with.
    private static readonly ImmutableArray<float> ImageNetMean = [0.485f, 0.456f, 0.406f];
    private static readonly ImmutableArray<float> ImageNetDeviation = [0.229f, 0.224f, 0.225f];
    private static readonly ImmutableArray<float> Half = [0.5f, 0.5f, 0.5f];

    /// <summary>All backbones, in the order in which people should read them.</summary>
    public static ImmutableArray<Backbone> All { get; } =
    [
        Swin("swin-l", "Swin-L, ImageNet-22K: the paper's", SwinConfig.Large),
        Swin("swin-b", "Swin-B, ImageNet-22K", SwinConfig.Base),
        Swin("swin-s", "Swin-S, ImageNet-1K", SwinConfig.Small),
        Swin("swin-t", "Swin-T, ImageNet-1K", SwinConfig.Tiny),
        Swin("swin-l-384", "Swin-L at 384 pixels, ImageNet-22K", SwinConfig.Large.At384),
        Swin("swin-b-384", "Swin-B at 384 pixels, ImageNet-22K", SwinConfig.Base.At384),
        InceptionV3(),
        .. SeResNets("se-resnet50", "SE-ResNet-50, ImageNet-1K", SeResNetConfig.ResNet50),
        .. SeResNets("se-resnet101", "SE-ResNet-101, ImageNet-1K", SeResNetConfig.ResNet101),
        .. SeResNets("se-resnet152", "SE-ResNet-152, ImageNet-1K", SeResNetConfig.ResNet152),
        .. SeResNets("se-resnext50", "SE-ResNeXt-50 32x4d, ImageNet-1K", SeResNetConfig.ResNeXt50),
        .. SeResNets("se-resnext101", "SE-ResNeXt-101 32x4d, ImageNet-1K", SeResNetConfig.ResNeXt101),
    ];

    /// <summary>The backbone of a name; null if there is none.</summary>
    public static Backbone? Find(string name) => All.FirstOrDefault(backbone => backbone.Name == name);

    private static Backbone Swin(string name, string title, SwinConfig config) => new()
    {
        Name = name,
        Title = title,
        WeightsName = name,
        InputSide = config.ImageSide,
        Mean = ImageNetMean,
        Deviation = ImageNetDeviation,
        FeatureWidth = config.FeatureWidth,
        OffersInt8 = true,
        Load = (weights, source, placement) => new SwinTransformer(config, weights, name, source, placement),
    };

    private static Backbone InceptionV3() => new()
    {
        Name = "inception-v3",
        Title = "Inception v3, ImageNet-1K",
        WeightsName = "inception-v3",
        InputSide = 299,
        Mean = Half,
        Deviation = Half,
        FeatureWidth = 2048,
        Load = (weights, source, placement) => new InceptionV3(weights, source, placement),
    };

    // The paper's authors scale these features to length 1: that is a backbone of its own, so that its name says all.
    private static IEnumerable<Backbone> SeResNets(string name, string title, SeResNetConfig config)
    {
        Backbone plain = new()
        {
            Name = name,
            Title = title,
            WeightsName = name,
            InputSide = 224,
            Mean = ImageNetMean,
            Deviation = ImageNetDeviation,
            FeatureWidth = 2048,
            Load = (weights, source, placement) => new SeResNetwork(config, weights, name, source, placement),
        };
        return [plain, plain with { Name = name + NormalisedSuffix, Title = $"{title}, features of length 1", NormalisesFeatures = true }];
    }
}
