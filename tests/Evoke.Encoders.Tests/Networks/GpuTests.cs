using Evoke.Encoders.Networks;
using Evoke.Kernels.Parameters;
using Evoke.Kernels.Torch;
using Evoke.Testing;

namespace Evoke.Encoders.Tests.Networks;

/// <summary>The same network on a GPU, if there is one and libtorch was built for it.</summary>
public sealed class GpuTests
{
    [Theory]
    [InlineData(Precision.Float32, 0.99999)]
    [InlineData(Precision.BFloat16, 0.999)]
    public void SwinPointsTheSameWayOnAGpu(Precision precision, double cosine)
    {
        Assert.SkipUnless(TorchRuntime.CountCudaDevices() > 0, "libtorch finds no CUDA device.");
        GoldenStateDict weights = GoldenStateDict.For(parameters => Load(parameters, NetworkPlacement.Exact));
        using SwinTransformer exact = Load(weights, NetworkPlacement.Exact);
        using SwinTransformer found = Load(weights, new NetworkPlacement(ComputeDevice.Cuda(), precision));

        CosineSimilarity.Of(NetworkAssert.FeaturesOfGoldenImage(found, 2, 224), NetworkAssert.FeaturesOfGoldenImage(exact, 2, 224)).ShouldBeGreaterThan(cosine);
    }

    [Fact]
    public void ADeviceThatIsNotThereIsNamed() =>
        Should.Throw<ComputeDeviceException>(() => TorchRuntime.Resolve(ComputeDevice.Cuda(99))).Message.ShouldContain("cuda:99");

    private static SwinTransformer Load(IStateDict weights, NetworkPlacement placement) => new(SwinConfig.Tiny, weights, "swin-t", "golden weights", placement);
}
