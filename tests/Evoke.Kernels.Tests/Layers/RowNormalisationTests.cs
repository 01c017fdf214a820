using Evoke.Kernels.Layers;
using Evoke.Kernels.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Kernels.Tests.Layers;

public sealed class RowNormalisationTests
{
    // An even and an odd number of vectors.
    [Theory]
    [InlineData(192)]
    [InlineData(48)]
    [InlineData(16)]
    public void EqualsTheFormulaButForTheRoundingOfTheResult(int width)
    {
        Assert.SkipUnless(RowNormalisation.Supports(width, ScalarType.BFloat16), "this processor has no 512-bit vectors");
        TorchRuntime.Start();
        using DisposeScope scope = NewDisposeScope();
        using Generator random = new(9);
        Tensor rows = ((randn([3, 11, width], generator: random) * 2) + 5).to(ScalarType.BFloat16);
        Tensor weight = randn([width], generator: random), bias = randn([width], generator: random);

        Tensor found = RowNormalisation.Compute(rows, weight, bias);

        Tensor expected = nn.functional.layer_norm(rows.to(ScalarType.Float64), [width], weight.to(ScalarType.Float64), bias.to(ScalarType.Float64), 1e-5);
        found.dtype.ShouldBe(ScalarType.BFloat16);
        ((found.to(ScalarType.Float64) - expected).abs() / (expected.abs() + 1e-3)).max().item<double>().ShouldBeLessThan(1.01 / 256);
    }

    [Fact]
    public void OtherWidthsAndTypesAreLibtorchs()
    {
        RowNormalisation.Supports(40, ScalarType.BFloat16).ShouldBeFalse();
        RowNormalisation.Supports(192, ScalarType.Float32).ShouldBeFalse();
    }
}
