using Evoke.Heads.Networks;
using Evoke.Kernels.Layers;
using Evoke.Kernels.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Heads.Tests.Networks;

/// <summary>Products by oneDNN against libtorch's own, for small ones and for ones large enough for it.</summary>
public sealed class MatrixProductsTests
{
    public MatrixProductsTests() => TorchRuntime.Start();

    [Theory]
    [InlineData(3, 4, 5)]
    [InlineData(200, 256, 130)]
    public void AProductIsTheSameWhoeverMakesIt(int m, int k, int n)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = GoldenHeads.Input("a", k, m).t(); // not contiguous
        Tensor b = GoldenHeads.Input("b", n, k);
        float[] expected = GoldenHeads.Values(a.mm(b.t()));
        GoldenHeads.ShouldBeCloseTo(GoldenHeads.Values(MatrixProducts.TimesTransposed(a, b)), expected, 1e-6);
        Tensor destination = full([m, n], float.NaN);
        MatrixProducts.TimesTransposed(a, b, destination);
        GoldenHeads.ShouldBeCloseTo(GoldenHeads.Values(destination), expected, 1e-6);
    }

    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(8, 8, 0)]
    [InlineData(13, 200, 5)]
    [InlineData(131, 77, 64)]
    public void AMatrixTurnedAroundHasItsNumbersInTheirPlaces(int rows, int columns, int columnsBefore)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor source = GoldenHeads.Input("s", rows, columns + columnsBefore + 3).narrow(1, columnsBefore, columns);
        Tensor destination = full([columns, rows], float.NaN);
        Transposition.Copy(source, destination);
        GoldenHeads.Values(destination).ShouldBe(GoldenHeads.Values(source.t().contiguous()));
    }

    [Fact]
    public void ALinearLayerAndItsGradientsAreTheSameWhoeverMakesThem()
    {
        using DisposeScope scope = NewDisposeScope();
        using FullyConnectedLayer layer = new(InitialWeights.FromSeed(1), 96, 112);
        Tensor input = GoldenHeads.Input("x", 5, 100, 96).requires_grad_();
        MatrixProducts.AreOneDnns(ScalarType.Float32, 500, 96, 112).ShouldBe(true);

        Tensor expected = nn.functional.linear(input, layer.Weight, layer.Bias);
        expected.square().sum().backward();
        float[][] gradients = [.. new[] { input, layer.Weight, layer.Bias! }.Select(tensor => GoldenHeads.Values(tensor.grad!))];
        input.grad!.zero_();
        layer.zero_grad();

        Tensor actual = layer.forward(input);
        actual.square().sum().backward();
        GoldenHeads.ShouldBeCloseTo(GoldenHeads.Values(actual), GoldenHeads.Values(expected), 1e-6);
        GoldenHeads.ShouldBeCloseTo(GoldenHeads.Values(input.grad!), gradients[0], 1e-5);
        GoldenHeads.ShouldBeCloseTo(GoldenHeads.Values(layer.Weight.grad!), gradients[1], 1e-5);
        GoldenHeads.ShouldBeCloseTo(GoldenHeads.Values(layer.Bias!.grad!), gradients[2], 1e-5);

        using IDisposable quiet = no_grad();
        GoldenHeads.ShouldBeCloseTo(GoldenHeads.Values(layer.forward(input)), GoldenHeads.Values(expected), 1e-6);
    }
}
