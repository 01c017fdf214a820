using Evoke.Encoders.Networks;
using Evoke.Kernels.Parameters;
using Evoke.Kernels.Torch;
using Evoke.Testing;

namespace Evoke.Encoders.Tests.Networks;

public sealed class ConvolutionalNetworkTests
{
    [Fact]
    public void InceptionV3EqualsTorchvisions()
    {
        using InceptionV3 network = Inception(Golden(Inception));

        NetworkAssert.IsWithin(1e-5, NetworkAssert.FeaturesOfGoldenImage(network, 1, 299), Expected("inception_v3"));
    }

    [Fact]
    public void SeResNet50EqualsCadenes()
    {
        using SeResNetwork network = ResNet50(Golden(ResNet50));

        NetworkAssert.IsWithin(1e-5, NetworkAssert.FeaturesOfGoldenImage(network, 1, 224), Expected("se_resnet50"));
    }

    [Fact]
    public void SeResNeXt101EqualsCadenes()
    {
        using SeResNetwork network = ResNeXt101(Golden(ResNeXt101));

        NetworkAssert.IsWithin(1e-5, NetworkAssert.FeaturesOfGoldenImage(network, 1, 224), Expected("se_resnext101_32x4d"));
    }

    [Theory]
    [InlineData("inception_v3", 299)]
    [InlineData("se_resnet50", 224)]
    public void InBFloat16TheyPointTheSameWay(string name, int side)
    {
        NetworkPlacement placement = new(ComputeDevice.Cpu, Precision.BFloat16);
        Func<IStateDict, IFeatureNetwork> load = name == "inception_v3"
            ? weights => new InceptionV3(weights, "golden weights", placement)
            : weights => new SeResNetwork(SeResNetConfig.ResNet50, weights, name, "golden weights", placement);
        using IFeatureNetwork network = load(Golden(load));

        CosineSimilarity.Of(NetworkAssert.FeaturesOfGoldenImage(network, 1, side), Expected(name)).ShouldBeGreaterThan(0.999);
    }

    [Fact]
    public void InInt8TheyAreNotOffered() =>
        Should.Throw<PrecisionException>(() => new InceptionV3(Golden(Inception), "golden weights", new NetworkPlacement(ComputeDevice.Cpu, Precision.Int8)))
            .Message.ShouldContain("bfloat16 or float32");

    private static float[] Expected(string name) => GoldenFile.ReadFloats("backbones.safetensors", name).Values;

    private static GoldenStateDict Golden(Func<IStateDict, IFeatureNetwork> load) => GoldenStateDict.For(load);

    private static InceptionV3 Inception(IStateDict weights) => new(weights, "golden weights", NetworkPlacement.Exact);

    private static SeResNetwork ResNet50(IStateDict weights) =>
        new(SeResNetConfig.ResNet50, weights, "se-resnet50", "golden weights", NetworkPlacement.Exact);

    private static SeResNetwork ResNeXt101(IStateDict weights) =>
        new(SeResNetConfig.ResNeXt101, weights, "se-resnext101", "golden weights", NetworkPlacement.Exact);
}
