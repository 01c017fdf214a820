using Evoke.Encoders.Networks;
using Evoke.Encoders.Networks.Swin;
using Evoke.Encoders.Torch;
using Evoke.Testing;

namespace Evoke.Encoders.Tests.Networks;

public sealed class SwinTransformerTests
{
    private static readonly NetworkPlacement BFloat16 = new(ComputeDevice.Cpu, Precision.BFloat16);

    [Fact]
    public void TinyEqualsMicrosofts()
    {
        using SwinTransformer network = Load(SwinConfig.Tiny, Golden(SwinConfig.Tiny));
        float[] expected = GoldenFile.ReadFloats("backbones.safetensors", "swin_tiny_patch4_window7_224").Values;

        NetworkAssert.IsWithin(1e-5, NetworkAssert.FeaturesOfGoldenImage(network, 2, 224), expected);
    }

    [Fact]
    public void LargeEqualsMicrosofts()
    {
        using SwinTransformer network = Load(SwinConfig.Large, Golden(SwinConfig.Large));
        float[] expected = GoldenFile.ReadFloats("backbones.safetensors", "swin_large_patch4_window7_224_22k").Values;

        NetworkAssert.IsWithin(1e-5, NetworkAssert.FeaturesOfGoldenImage(network, 1, 224), expected);
    }

    [Fact]
    public void LargeInBFloat16PointsTheSameWay()
    {
        using SwinTransformer network = Load(SwinConfig.Large, Golden(SwinConfig.Large), BFloat16);
        float[] expected = GoldenFile.ReadFloats("backbones.safetensors", "swin_large_patch4_window7_224_22k").Values;

        NetworkAssert.Cosine(NetworkAssert.FeaturesOfGoldenImage(network, 1, 224), expected).ShouldBeGreaterThan(0.999);
    }

    private static GoldenStateDict Golden(SwinConfig config) => GoldenStateDict.For(weights => Load(config, weights));

    private static SwinTransformer Load(SwinConfig config, IStateDict weights, NetworkPlacement? placement = null) =>
        new(config, weights, "swin", "golden weights", placement ?? NetworkPlacement.Exact);
}
