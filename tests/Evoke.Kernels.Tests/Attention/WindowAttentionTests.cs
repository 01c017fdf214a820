using Evoke.Kernels.Attention;
using Evoke.Kernels.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Evoke.Kernels.Tests.Attention;

public sealed class WindowAttentionTests
{
    [Theory]
    [InlineData(7, 6, 8, ScalarType.Float32, 2e-6)]
    [InlineData(12, 4, 4, ScalarType.Float32, 2e-6)]
    [InlineData(3, 2, 4, ScalarType.Float32, 2e-6)]
    [InlineData(7, 6, 8, ScalarType.BFloat16, 4e-3)]
    [InlineData(12, 4, 4, ScalarType.BFloat16, 4e-3)]
    public void EqualsTorchsAttention(int side, int heads, int windows, ScalarType type, double tolerance)
    {
        Assert.SkipUnless(WindowAttention.IsSupported, "this processor has no 512-bit vectors");
        TorchRuntime.Start();
        int n = side * side;
        using DisposeScope scope = NewDisposeScope();
        using Generator random = new(7);
        Tensor qkv = (randn([windows, n, 3, heads, 32], generator: random) * 2).to(type);
        Tensor bias = randn([2, heads, n, n], generator: random);
        int[] kindOf = [0, 1, 1, 0];
        Tensor padded = nn.functional.pad(bias, [0, WindowAttention.PaddedKeys(n) - n], PaddingModes.Constant, double.NegativeInfinity);

        Tensor found = WindowAttention.Compute(qkv, heads, padded, kindOf).to(ScalarType.Float32);

        Tensor parts = qkv.to(ScalarType.Float64).permute(2, 0, 3, 1, 4);
        Tensor windowBias = bias.to(ScalarType.Float64).index_select(0, tensor(kindOf, ScalarType.Int64).repeat(windows / kindOf.Length));
        Tensor expected = nn.functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], windowBias)
            .transpose(1, 2).reshape(windows, n, heads * 32);
        (found - expected).abs().max().item<double>().ShouldBeLessThan(tolerance * expected.abs().max().item<double>());
    }

    [Fact]
    public void EveryItemIsDoneOnce()
    {
        TorchRuntime.Start();
        int[] done = new int[1001];
        OpenMpTeam.For(done.Length, (from, to) =>
        {
            for (int i = from; i < to; i++)
            {
                Interlocked.Increment(ref done[i]);
            }
        });
        done.ShouldAllBe(times => times == 1);
    }

    [Fact]
    public void AFailureOfAShareIsThrown()
    {
        TorchRuntime.Start();
        Should.Throw<InvalidOperationException>(() => OpenMpTeam.For(10, (_, _) => throw new FormatException("no")));
    }
}
