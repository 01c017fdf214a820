using Evoke.Kernels.Torch;
using TorchSharp;

namespace Evoke.Kernels.Tests.Torch;

/// <summary>Arguments of an operation live until it returns, whatever the garbage collector does on other threads.</summary>
/// <remarks>See build/torchsharp-lifetimes.targets.</remarks>
public sealed class ScalarLifetimeTests
{
    [Fact]
    public void TorchSharpIsCompiledWithoutOptimization() => TorchRuntime.KeepsArguments.ShouldBeTrue(
        "TorchSharp.dll is the package's own: build/torchsharp-lifetimes.targets did not run.");

    [Fact]
    public void CollectionsDuringOperationsChangeNothing()
    {
        TorchRuntime.Start();
        using torch.Tensor ones = torch.ones(8);
        WhileCollecting(10_000, () =>
        {
            using torch.Tensor sum = ones + ones;
            using torch.Tensor shifted = ones + 1.5;
            using torch.Tensor difference = ones - ones;
            (sum.data<float>()[7], shifted.data<float>()[7], difference.data<float>()[7]).ShouldBe((2, 2.5f, 0));
        });
    }

    [Fact]
    public void CollectionsDuringCallsOfAScriptChangeNothing()
    {
        TorchRuntime.Start();
        using torch.jit.CompilationUnit unit = torch.jit.compile(
            """
            def numbers(x, a: int, b: float, c: bool, d: int):
                return x * a + b + (1000.0 if c else 0.0) + d

            """);
        using torch.Tensor ones = torch.ones(8);
        WhileCollecting(10_000, () =>
        {
            using torch.Tensor found = unit.CallFunction("numbers", ones, 3, 0.5, true, 20L);
            found.data<float>()[7].ShouldBe(1023.5f);
        });
    }

    private static void WhileCollecting(int rounds, Action operations)
    {
        using CancellationTokenSource end = new();
        Thread collector = new(() =>
        {
            while (!end.IsCancellationRequested)
            {
                GC.Collect(0);
                GC.WaitForPendingFinalizers();
            }
        });
        collector.Start();
        try
        {
            for (int round = 0; round < rounds; round++)
            {
                operations();
            }
        }
        finally
        {
            end.Cancel();
            collector.Join();
        }
    }
}
