using System.Globalization;
using System.Text.RegularExpressions;
using Evoke.Encoders.Networks;
using Evoke.Kernels.Parameters;
using Evoke.Kernels.Torch;
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

        CosineSimilarity.Of(NetworkAssert.FeaturesOfGoldenImage(network, 1, 224), expected).ShouldBeGreaterThan(0.999);
    }

    [Fact]
    public void LargeInInt8PointsTheSameWay()
    {
        Assert.SkipUnless(CpuFeatures.Current.Avx512Vnni, "this processor has no AVX512_VNNI");
        using SwinTransformer network = Load(SwinConfig.Large, Golden(SwinConfig.Large), new NetworkPlacement(ComputeDevice.Cpu, Precision.Int8));
        float[] expected = GoldenFile.ReadFloats("backbones.safetensors", "swin_large_patch4_window7_224_22k").Values;

        CosineSimilarity.Of(NetworkAssert.FeaturesOfGoldenImage(network, 1, 224), expected).ShouldBeGreaterThan(0.99);
    }

    [Fact]
    public void ItsNamesAreMicrosofts()
    {
        IEnumerable<string> expected = File.ReadAllLines(GoldenFile.PathOf("swin_tiny_keys.txt"))
            .Where(line => !line.StartsWith("head.", StringComparison.Ordinal)
                && !line.Contains("attn_mask", StringComparison.Ordinal)
                && !line.Contains("relative_position_index", StringComparison.Ordinal));

        GoldenStateDict golden = Golden(SwinConfig.Tiny);

        golden.Names.Select(name => $"{name} [{string.Join(", ", golden.ShapeOf(name))}]").ShouldBe(expected, ignoreOrder: true);
    }

    [Fact]
    public void TimmsNamesAreTheSameNetwork()
    {
        GoldenStateDict microsoft = Golden(SwinConfig.Tiny);
        RenamedStateDict timm = new(microsoft, TimmName, ("head.fc.weight", [1000, 768]), ("head.fc.bias", [1000]));
        timm.Names.ShouldContain("layers.1.downsample.reduction.weight");
        timm.Names.ShouldNotContain("layers.0.downsample.reduction.weight");
        using SwinTransformer network = Load(SwinConfig.Tiny, timm);
        float[] expected = GoldenFile.ReadFloats("backbones.safetensors", "swin_tiny_patch4_window7_224").Values;

        NetworkAssert.IsWithin(1e-5, NetworkAssert.FeaturesOfGoldenImage(network, 2, 224), expected);

        static string TimmName(string name) => Regex.Replace(
            name, @"^layers\.(\d+)\.downsample", m => $"layers.{int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture) + 1}.downsample");
    }

    [Fact]
    public void BuffersAndClassifierMayBeInTheFile()
    {
        RenamedStateDict published = new(
            Golden(SwinConfig.Tiny),
            name => name,
            ("head.weight", [1000, 768]),
            ("head.bias", [1000]),
            ("layers.0.blocks.1.attn_mask", [64, 49, 49]),
            ("layers.0.blocks.1.attn.relative_position_index", [49, 49]));
        Should.NotThrow(() => Load(SwinConfig.Tiny, published).Dispose());
    }

    [Fact]
    public void EveryNameThatDoesNotFitIsListed()
    {
        RenamedStateDict other = new(Golden(SwinConfig.Tiny), name => name == "norm.bias" ? "norm.beta" : name);
        WeightsMismatchException error = Should.Throw<WeightsMismatchException>(() => Load(SwinConfig.Tiny, other));
        error.Missing.ShouldHaveSingleItem().Name.ShouldBe("norm.bias");
        error.Unexpected.ShouldBe(["norm.beta"]);
        error.Misshapen.ShouldBeEmpty();
        error.Message.ShouldContain("golden weights");
    }

    [Fact]
    public void WeightsOfAnotherSizeAreRefused()
    {
        WeightsMismatchException error = Should.Throw<WeightsMismatchException>(
            () => Load(SwinConfig.Tiny, Golden(SwinConfig.Tiny with { Width = 32, Heads = [1, 2, 4, 8] })));
        error.Misshapen.ShouldContain("norm.bias: expected [768], found [256]");
    }

    [Fact]
    public void At384ItSeesWindowsOfTwelve()
    {
        SwinConfig config = (SwinConfig.Tiny with { Width = 32, Heads = [1, 2, 4, 8] }).At384;
        GoldenStateDict weights = Golden(config);
        weights.ShapeOf("layers.0.blocks.0.attn.relative_position_bias_table").ShouldBe([23 * 23, 1]);
        using SwinTransformer network = Load(config, weights);
        float[] both = NetworkAssert.FeaturesOfGoldenImage(network, 2, 384);
        both.Length.ShouldBe(2 * 256);

        // A frame's feature does not depend on its neighbours in the batch.
        NetworkAssert.IsWithin(1e-5, both[..256], NetworkAssert.FeaturesOfGoldenImage(network, 1, 384));
    }

    private static GoldenStateDict Golden(SwinConfig config) => GoldenStateDict.For(weights => Load(config, weights));

    private static SwinTransformer Load(SwinConfig config, IStateDict weights, NetworkPlacement? placement = null) =>
        new(config, weights, "swin", "golden weights", placement ?? NetworkPlacement.Exact);
}
