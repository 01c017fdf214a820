using Evoke.Kernels.Layers;
using Evoke.Kernels.OneDnn;
using Evoke.Kernels.Torch;
using Evoke.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Kernels.Tests.Layers;

public sealed class Int8LinearLayerTests
{
    private const int Rows = 98;
    private const int Inputs = 96;
    private const int Outputs = 80;

    [Theory]
    [InlineData(ScalarType.Float32, false)]
    [InlineData(ScalarType.Float32, true)]
    [InlineData(ScalarType.BFloat16, false)]
    [InlineData(ScalarType.BFloat16, true)]
    public void ItIsTheLayerInFloatingPointButForRounding(ScalarType type, bool gelu)
    {
        using DisposeScope scope = Start();
        (Tensor weight, Tensor bias, Tensor input, Tensor residual) = Sample(type);
        Activation activation = gelu ? Activation.Gelu : Activation.None;
        using LinearLayer exact = new TorchLinearLayer(weight, bias, NetworkPlacement.Exact, activation);
        using OneDnnInt8LinearLayer layer = new(weight, bias, type, activation);

        IsClose(layer.Forward(input), exact.Forward(input.to(ScalarType.Float32)), type);
        if (!gelu)
        {
            IsClose(layer.ForwardAdd(input, residual), exact.ForwardAdd(input.to(ScalarType.Float32), residual.to(ScalarType.Float32)), type);
        }
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void NumbersAreKeptToHalfAStepAndZeroExactly(ScalarType type)
    {
        using DisposeScope scope = Start();
        using Generator random = new(3);
        Tensor values = ((randn([33, 16], generator: random) * 3) + 1).to(type);
        values[7, 5] = 0;

        QuantisedTensor found = QuantisedTensor.Of(values);

        (float step, int zero) = (found.Scale.item<float>(), found.Zero.item<int>());
        Tensor back = (found.Whole.to(ScalarType.Float32) - zero) * step;
        (back - values.to(ScalarType.Float32)).abs().max().item<float>().ShouldBeLessThanOrEqualTo(1.01f * step);
        (back - values.to(ScalarType.Float32)).abs().mean().item<float>().ShouldBeLessThan(0.3f * step);
        back[7, 5].item<float>().ShouldBe(0);
        step.ShouldBe((values.max().to(ScalarType.Float32).item<float>() - values.min().to(ScalarType.Float32).item<float>()) / 255, 1e-6f);
    }

    [Fact]
    public void ZerosStayZeros()
    {
        using DisposeScope scope = Start();
        QuantisedTensor found = QuantisedTensor.Of(zeros(4, 16));

        ((found.Whole.to(ScalarType.Float32) - found.Zero.item<int>()) * found.Scale.item<float>()).abs().max().item<float>().ShouldBe(0);
    }

    private static void IsClose(Tensor found, Tensor expected, ScalarType type)
    {
        found.dtype.ShouldBe(type);
        found.shape.ShouldBe(expected.shape);
        CosineSimilarity.Of(found.to(ScalarType.Float32).data<float>().ToArray(), expected.data<float>().ToArray()).ShouldBeGreaterThan(0.9995);
    }

    private static DisposeScope Start()
    {
        Assert.SkipUnless(CpuFeatures.Current.Avx512Vnni, "this processor has no AVX512_VNNI");
        TorchRuntime.Start();
        return NewDisposeScope();
    }

    private static (Tensor Weight, Tensor Bias, Tensor Input, Tensor Residual) Sample(ScalarType type)
    {
        using Generator random = new(5);
        return (
            randn([Outputs, Inputs], generator: random) / Math.Sqrt(Inputs),
            randn([Outputs], generator: random),
            randn([2, Rows, Inputs], generator: random).to(type),
            randn([2, Rows, Outputs], generator: random).to(type));
    }
}
