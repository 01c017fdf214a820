using Evoke.Encoders.Networks;
using Evoke.Kernels.Parameters;
using Evoke.Kernels.Torch;
using Evoke.Testing;

namespace Evoke.Encoders.Tests.Networks;

public sealed class VggishNetworkTests
{
    [Fact]
    public void EqualsTorchvggish()
    {
        using VggishNetwork network = Load(Golden(), NetworkPlacement.Exact);
        (float[] patches, _) = GoldenFile.ReadFloats("vggish.safetensors", "log_mel");
        float[] expected = GoldenFile.ReadFloats("vggish.safetensors", "embedding").Values;

        NetworkAssert.IsWithin(1e-5, NetworkAssert.Features(network, patches, [4, 1, 96, 64]), expected);
    }

    [Fact]
    public void InBFloat16ItPointsTheSameWay()
    {
        using VggishNetwork network = Load(Golden(), new NetworkPlacement(ComputeDevice.Cpu, Precision.BFloat16));
        (float[] patches, _) = GoldenFile.ReadFloats("vggish.safetensors", "log_mel");
        float[] expected = GoldenFile.ReadFloats("vggish.safetensors", "embedding").Values;

        float[] found = NetworkAssert.Features(network, patches, [4, 1, 96, 64]);

        for (int i = 0; i < 4; i++)
        {
            CosineSimilarity.Of(found.AsSpan(i * 128, 128), expected.AsSpan(i * 128, 128)).ShouldBeGreaterThan(0.999);
        }
    }

    [Fact]
    public void ItsNamesAreTorchvggishs() =>
        Golden().Names.ShouldBe(File.ReadAllLines(GoldenFile.PathOf("vggish_keys.txt")).Select(line => line.Split(' ')[0]), ignoreOrder: true);

    [Fact]
    public void PostprocessingEqualsAudioSets()
    {
        VggishPostprocessor postprocessor = new(
            GoldenTensor.SymmetricUnits("pca_eigen_vectors", 128 * 128, 0.05), GoldenTensor.SymmetricUnits("pca_means", 128, 0.1));
        float[] embeddings = GoldenFile.ReadFloats("vggish.safetensors", "embedding").Values;
        float[] expected = GoldenFile.ReadFloats("vggish.safetensors", "postprocessed").Values;

        for (int i = 0; i < 4; i++)
        {
            postprocessor.Apply(embeddings.AsSpan(i * 128, 128));
        }

        embeddings.Zip(expected, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThanOrEqualTo(1);
        embeddings.ShouldAllBe(x => x >= 0 && x <= 255 && x == MathF.Round(x));
    }

    private static GoldenStateDict Golden() => GoldenStateDict.For(weights => Load(weights, NetworkPlacement.Exact));

    private static VggishNetwork Load(IStateDict weights, NetworkPlacement placement) => new(weights, "golden weights", placement);
}
