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
            using torch.Tensor ones = torch.ones(8);
            for (int round = 0; round < 10_000; round++)
            {
                using torch.Tensor sum = ones + ones;
                using torch.Tensor shifted = ones + 1.5;
                using torch.Tensor difference = ones - ones;
                (sum.data<float>()[7], shifted.data<float>()[7], difference.data<float>()[7]).ShouldBe((2, 2.5f, 0));
            }
        }
        finally
        {
            end.Cancel();
            collector.Join();
        }
    }
}
