using Evoke.Encoders.Weights;
using Evoke.Kernels.Torch;

namespace Evoke.Encoders.Tests.Networks;

/// <summary>Networks that have no golden numbers of their own are held to their published sizes: every block and width counts.</summary>
public sealed class PublishedSizesTests
{
    private const int Classes = 1000;

    /// <summary>Millions of parameters at 1000 classes, as torchvision and timm print them.</summary>
    [Theory]
    [InlineData("swin-s", 49.606258)]
    [InlineData("swin-b", 87.768224)]
    [InlineData("swin-b-384", 87.90)]
    [InlineData("swin-l-384", 196.74)]
    [InlineData("se-resnet101", 49.33)]
    [InlineData("se-resnet152", 66.82)]
    [InlineData("se-resnext50", 27.56)]
    public void EveryParameterIsThere(string name, double millions)
    {
        Backbone backbone = WeightRegistry.Backbones.Single(known => known.Name == name);
        GoldenStateDict weights = GoldenStateDict.For(parameters => backbone.Load(parameters, "golden weights", NetworkPlacement.Exact));

        long parameters = weights.Names.Where(IsLearnt).Sum(parameter => weights.ShapeOf(parameter).Aggregate(1L, (a, b) => a * b));
        long classifier = (backbone.FeatureWidth + 1) * Classes;

        ((parameters + classifier) / 1e6).ShouldBe(millions, millions == Math.Round(millions, 2) ? 0.005 : 1e-9);
    }

    private static bool IsLearnt(string parameter) =>
        !parameter.EndsWith("running_mean", StringComparison.Ordinal) && !parameter.EndsWith("running_var", StringComparison.Ordinal);
}
