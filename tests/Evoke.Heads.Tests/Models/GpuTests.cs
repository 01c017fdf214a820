using Evoke.Features;
using Evoke.Heads.Models;
using Evoke.Kernels.Torch;
using Evoke.Testing;

namespace Evoke.Heads.Tests.Models;

/// <summary>The same head on a GPU, if there is one and libtorch was built for it.</summary>
public sealed class GpuTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AHeadGivesTheSameCurvesOnAGpu()
    {
        Assert.SkipUnless(TorchRuntime.CountCudaDevices() > 0, "libtorch finds no CUDA device.");
        string path = SampleModels.Write(_folder, "m");
        VideoFeatures video = SampleModels.Video(130);
        using HeadModel exact = HeadModel.Load(path);
        using HeadModel found = HeadModel.Load(path, new HeadModelOptions { Device = ComputeDevice.Cuda() });

        GoldenHeads.ShouldBeCloseTo(found.Predict(video).Mean.Values.ToArray(), exact.Predict(video).Mean.Values.ToArray(), 1e-4);
    }
}
