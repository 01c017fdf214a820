using Evoke.Heads.Networks;
using Evoke.Kernels.Recurrent;
using Evoke.Kernels.Torch;
using Evoke.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Heads.Tests.Networks.Recurrent;

/// <summary>The fused GRU against libtorch's own, values and gradients.</summary>
public sealed class FusedGruTests
{
    internal sealed record Case(int Batch, int Steps, int Inputs, int Hidden, int Layers, int Directions);

    [Theory]
    [InlineData(3, 7, 5, 4, 1, 1)]
    [InlineData(3, 7, 5, 4, 2, 2)]
    [InlineData(1, 1, 3, 16, 2, 2)]
    [InlineData(37, 9, 20, 24, 3, 2)]
    [InlineData(64, 11, 33, 48, 2, 1)]
    [InlineData(40, 5, 8, 7, 2, 2)]
    [InlineData(64, 8, 96, 160, 2, 2)] // large enough for oneDNN's products
    [InlineData(5, 7, 6, 20, 3, 2, 0.3)]
    [InlineData(3, 4, 5, 7, 2, 1, 0.5)]
    public void ValuesAndGradientsAreLibtorchs(int batch, int steps, int inputs, int hidden, int layers, int directions, double dropout = 0)
    {
        Case sizes = new(batch, steps, inputs, hidden, layers, directions);
        (float[] output, float[][] gradients) = Pass(sizes, ScalarType.Float32, fused: true, dropout);
        (float[] expected, float[][] expectedGradients) = Pass(sizes, ScalarType.Float32, fused: false, dropout);
        GoldenHeads.ShouldBeCloseTo(output, expected, 2e-6, "output");
        for (int i = 0; i < gradients.Length; i++)
        {
            GoldenHeads.ShouldBeCloseTo(gradients[i], expectedGradients[i], 5e-6, i == 0 ? "input" : $"weight {i - 1}");
        }
    }

    [Fact]
    public void BFloat16IsNearFloat32()
    {
        Case sizes = new(20, 12, 24, 32, 2, 2);
        (float[] output, float[][] gradients) = Pass(sizes, ScalarType.BFloat16, fused: true);
        (float[] expected, float[][] expectedGradients) = Pass(sizes, ScalarType.Float32, fused: true);
        GoldenHeads.ShouldBeCloseTo(output, expected, 0.02, "output");
        for (int i = 0; i < gradients.Length; i++)
        {
            GoldenHeads.ShouldBeCloseTo(gradients[i], expectedGradients[i], 0.03, i == 0 ? "input" : $"weight {i - 1}");
        }
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void TheSamePassGivesTheSameBits(ScalarType type)
    {
        Case sizes = new(40, 9, 24, 32, 2, 2);
        (float[] output, float[][] gradients) = Pass(sizes, type, fused: true, dropout: 0.3);
        for (int again = 0; again < 3; again++)
        {
            (float[] sameOutput, float[][] sameGradients) = Pass(sizes, type, fused: true, dropout: 0.3);
            sameOutput.SequenceEqual(output).ShouldBeTrue();
            sameGradients.SelectMany(g => g).SequenceEqual(gradients.SelectMany(g => g)).ShouldBeTrue();
        }
    }

    [Fact]
    public void DropoutGradientsAreTheSlopeOfTheSameMask()
    {
        TorchRuntime.Start();
        using DisposeScope scope = NewDisposeScope();
        DropoutSource dropout = new(0.4);
        using Gru gru = Network(new Case(2, 4, 3, 20, 2, 2), dropout);
        gru.train();
        Tensor input = Values("dropout.x", 2, 4, 3).requires_grad_();
        Tensor weights = Values("dropout.w", 2, 4, 40);
        (Seeded(input) * weights).sum().backward();
        float[] slope = GoldenHeads.Values(input.grad!);
        const float h = 1e-2f;
        for (int i = 0; i < slope.Length; i++)
        {
            using IDisposable quiet = no_grad();
            float[] above = GoldenHeads.Values(input), below = [.. above];
            above[i] += h;
            below[i] -= h;
            double difference = (Seeded(tensor(above, input.shape)) - Seeded(tensor(below, input.shape))).mul(weights).sum().item<float>() / (2 * h);
            ((double)slope[i]).ShouldBe(difference, 0.01 * Math.Max(0.05, Math.Abs(difference)), $"input {i}");
        }

        Tensor Seeded(Tensor x)
        {
            dropout.Restart(3);
            return gru.forward(x);
        }
    }

    [Fact]
    public void DropoutLeavesOutItsShareAndKeepsTheMean()
    {
        DropoutMask mask = new(0.3, 12345);
        double sum = 0;
        int left = 0;
        const int rows = 400, columns = 500;
        for (int row = 0; row < rows; row++)
        {
            uint key = mask.RowKey(row);
            for (int column = 0; column < columns; column++)
            {
                float factor = mask.Factor(key, column);
                factor.ShouldBe(mask.Factors(key, column)[0]);
                mask.Factors(key, column & ~15)[column & 15].ShouldBe(factor);
                sum += factor;
                left += factor == 0 ? 1 : 0;
            }
        }

        (left / (double)(rows * columns)).ShouldBe(0.3, 0.005);
        (sum / (rows * columns)).ShouldBe(1, 0.01);
        new DropoutMask(0, 5).IsActive.ShouldBeFalse();
    }

    [Fact]
    public void TwoPassesBeforeTheWayBackDoNotDisturbEachOther()
    {
        TorchRuntime.Start();
        using DisposeScope scope = NewDisposeScope();
        using Gru gru = Network(new Case(2, 4, 3, 5, 2, 2), new DropoutSource(0));
        Tensor a = Values("two.a", 2, 4, 3).requires_grad_(), b = Values("two.b", 2, 4, 3).requires_grad_();
        gru.forward(a).sum().backward();
        float[] alone = GoldenHeads.Values(a.grad!);
        a.grad!.zero_();
        Tensor first = gru.forward(a);
        Tensor second = gru.forward(b);
        using (no_grad())
        {
            gru.forward(b);
        }

        (first.sum() + second.sum()).backward();
        GoldenHeads.Values(a.grad!).ShouldBe(alone);
    }

    [Fact]
    public void TensorsStayFlatOverManySteps()
    {
        TorchRuntime.Start();
        using Gru gru = Network(new Case(2, 4, 3, 5, 2, 2), new DropoutSource(0.3));
        gru.train();
        long after = 0;
        for (int step = 0; step < 30; step++)
        {
            using (DisposeScope scope = NewDisposeScope())
            {
                gru.forward(Values("flat.x", 2, 4, 3)).sum().backward();
            }

            if (step == 4)
            {
                after = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            }
        }

        DisposeScopeManager.Statistics.ThreadTotalLiveCount.ShouldBe(after);
    }

    internal static (float[] Output, float[][] Gradients) Pass(Case sizes, ScalarType type, bool fused, double dropout = 0)
    {
        TorchRuntime.Start();
        using DisposeScope scope = NewDisposeScope();
        using Gru gru = Network(sizes, new DropoutSource(dropout));
        gru.train();
        Tensor input = Values("gru.x", sizes.Batch, sizes.Steps, sizes.Inputs).requires_grad_();
        Tensor weights = Values("gru.dy", sizes.Batch, sizes.Steps, sizes.Hidden * sizes.Directions);
        Tensor[] parameters = [.. gru.named_parameters().Select(p => p.parameter)];
        Tensor output = fused
            ? gru.forward(input.to(type))
            : TorchScriptGru.Run(input, parameters, sizes.Hidden, MasksOf(sizes, dropout), training: true);
        (output.to(ScalarType.Float32) * weights).sum().backward();
        return (GoldenHeads.Values(output.to(ScalarType.Float32)), [GoldenHeads.Values(input.grad!), .. parameters.Select(p => GoldenHeads.Values(p.grad!))]);
    }

    // Those of a new source.
    private static DropoutMask[][] MasksOf(Case sizes, double dropout)
    {
        uint seed = new DropoutSource(dropout).NextSeed();
        return
        [
            .. Enumerable.Range(0, sizes.Layers).Select(layer => Enumerable.Range(0, sizes.Directions)
                .Select(direction => new DropoutMask(layer + 1 < sizes.Layers ? dropout : 0, seed + (uint)((layer * 2) + direction)))
                .ToArray()),
        ];
    }

    private static Gru Network(Case sizes, DropoutSource dropout)
    {
        Gru gru = new(InitialWeights.Zero, sizes.Inputs, sizes.Hidden, sizes.Layers, sizes.Directions == 2, dropout);
        using IDisposable quiet = no_grad();
        foreach ((string name, TorchSharp.Modules.Parameter parameter) in gru.named_parameters())
        {
            using Tensor values = tensor(GoldenTensor.Weight(name, parameter.shape), parameter.shape);
            parameter.copy_(values);
        }

        return gru;
    }

    private static Tensor Values(string name, params long[] shape) => GoldenHeads.Input(name, shape);
}
