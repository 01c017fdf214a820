using System.Security.Cryptography;
using Evoke.Encoders.Weights;
using Evoke.Kernels.Parameters;
using Evoke.Tensors;
using Evoke.Tensors.SafeTensors;
using Evoke.Testing;

namespace Evoke.Encoders.Tests.Weights;

public sealed class EncoderWeightsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _file;
    private readonly string _sha256;

    public EncoderWeightsTests()
    {
        _file = _folder.File("mine.safetensors");
        SafeTensorsWriter.Write(_file, [],
        [
            TensorSource.FromFloats("norm.weight", [2], new float[] { 1, 2 }),
            TensorSource.FromFloats("norm.bias", [2], new float[] { 3, 4 }, DType.F16),
        ]);
        _sha256 = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_file)));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AFileAtHandGoesBeforeTheStore()
    {
        using EncoderWeights weights = EncoderWeights.Open("swin-l", _file, _folder.File("home"));
        weights.Sha256.ShouldBe(_sha256);
        weights.Parameters.Names.ShouldBe(["norm.weight", "norm.bias"], ignoreOrder: true);
        weights.Parameters.ShapeOf("norm.bias").ShouldBe([2]);
        float[] read = new float[2];
        weights.Parameters.Read("norm.bias", read);
        read.ShouldBe([3, 4]);
        Should.Throw<KeyNotFoundException>(() => weights.Parameters.Read("none", read));
    }

    [Fact]
    public void InstalledWeightsAreFoundByName()
    {
        string installed = Directory.CreateDirectory(Path.Combine(new WeightStore(_folder.File("home")).Folder, "swin-l")).FullName;
        File.Copy(_file, Path.Combine(installed, "swin-l.safetensors"));
        using EncoderWeights weights = EncoderWeights.Open("swin-l", null, _folder.File("home"));
        weights.Sha256.ShouldBe(_sha256);
        weights.Path.ShouldStartWith(_folder.File("home"));
    }

    [Fact]
    public void WeightsThatAreNotHereAreAskedFor() =>
        Should.Throw<WeightsNotInstalledException>(() => EncoderWeights.Open("swin-l", null, _folder.File("home"))).Name.ShouldBe("swin-l");

    [Fact]
    public void WeightsOfAnotherNetworkAreRefusedWithEveryName()
    {
        using EncoderWeights weights = EncoderWeights.Open("swin-l", _file, _folder.File("home"));
        ParameterReader reader = new(weights.Parameters, "swin-l", weights.Path);
        using TorchSharp.torch.Tensor kept = reader["norm"].Read("weight", 2);
        using TorchSharp.torch.Tensor missing = reader["head"].Read("weight", 3, 2);
        kept.data<float>().ToArray().ShouldBe([1, 2]);
        WeightsMismatchException error = Should.Throw<WeightsMismatchException>(() => reader.ThrowIfIncomplete(_ => false));
        error.Message.ShouldContain("head.weight");
        error.Message.ShouldContain("norm.bias");
    }
}
