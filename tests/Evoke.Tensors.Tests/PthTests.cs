using System.IO.Compression;
using Evoke.Tensors.AnyFormat;
using Evoke.Tensors.Pth;
using Evoke.Testing;

namespace Evoke.Tensors.Tests;

public sealed class PthTests : IDisposable
{
    // One byte in so many of a damaged file; each of them under --full.
    private static readonly int s_stride = Environment.GetEnvironmentVariable("EVOKE_TESTS_FULL") == "1" ? 1 : 7;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("weights-zip.pth", TensorFileFormat.TorchZip)]
    [InlineData("weights-legacy.pth", TensorFileFormat.TorchLegacy)]
    public void EveryTensorOfATorchFileIsRead(string name, TensorFileFormat format)
    {
        using TensorFile file = WeightFile.Open(Fixture.Path(name));
        file.Format.ShouldBe(format);
        ShouldHoldTheWeights(file);
    }

    [Theory]
    [InlineData("weights-zip.pth")]
    [InlineData("weights-legacy.pth")]
    public void ContiguousTensorsLieInTheMapAndOthersDoNot(string name)
    {
        using TensorFile file = WeightFile.Open(Fixture.Path(name));
        byte[] bytes = File.ReadAllBytes(Fixture.Path(name));
        TensorInfo weight = file["conv.weight"];
        bytes.AsSpan((int)weight.ByteOffset!.Value, (int)weight.ByteLength).SequenceEqual(file.GetBytes("conv.weight")).ShouldBeTrue();
        file["conv.transposed"].ByteOffset.ShouldBeNull();
    }

    [Fact]
    public void AnArchiveThatWasCompressedAnewIsRead()
    {
        string path = _folder.File("deflated.pth");
        using (ZipArchive from = ZipFile.OpenRead(Fixture.Path("weights-zip.pth")))
        using (ZipArchive to = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            foreach (ZipArchiveEntry entry in from.Entries)
            {
                using Stream source = entry.Open();
                using Stream target = to.CreateEntry(entry.FullName, CompressionLevel.SmallestSize).Open();
                source.CopyTo(target);
            }
        }

        using TensorFile file = WeightFile.Open(path);
        ShouldHoldTheWeights(file);
    }

    [Fact]
    public void AStorageThatTensorsShareIsInflatedOnce()
    {
        // 40 MiB of zeros: once they are within what a small file may inflate to, three times they are not.
        const int Floats = 10 << 20;
        PickleBuilder pickle = new PickleBuilder().Op('}');
        foreach (string name in (string[])["a", "b", "c"])
        {
            pickle.Text(name).Tensor("0", Floats, 0, [2], [1]).Op('s');
        }

        Archive(("archive/data.pkl", pickle.Op('.').Bytes), ("archive/data/0", new byte[4 * Floats]));
        using TensorFile file = WeightFile.Open(_folder.File("a.pth"));
        file.Tensors.Keys.ShouldBe(["a", "b", "c"]);
        file.ReadFloats("c").ShouldBe([0, 0]);
    }

    [Fact]
    public void APickleHasAtMost64Mebibytes()
    {
        Archive(("archive/data.pkl", new byte[(64 << 20) + 1]));
        Should.Throw<TensorFileLimitException>(() => WeightFile.Open(_folder.File("a.pth"))).Message
            .ShouldBe($"{_folder.File("a.pth")}: its pickle has 67108865 bytes; at most 67108864 are read.");
    }

    [Theory]
    [InlineData("data.pkl", true)]
    [InlineData("archive/data.pkl", true)]
    [InlineData("archive/metadata.pkl", false)]
    public void ThePickleIsKnownByItsName(string name, bool isKnown)
    {
        Archive((name, new PickleBuilder().Op('N', '.').Bytes));
        TensorFileException error = Should.Throw<TensorFileException>(() => WeightFile.Open(_folder.File("a.pth")));
        error.GetType().ShouldBe(isKnown ? typeof(MalformedTensorFileException) : typeof(UnknownTensorFormatException));
    }

    private void Archive(params (string Name, byte[] Content)[] entries)
    {
        using ZipArchive zip = ZipFile.Open(_folder.File("a.pth"), ZipArchiveMode.Create);
        foreach ((string name, byte[] content) in entries)
        {
            using Stream stream = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
            stream.Write(content);
        }
    }

    [Theory]
    [InlineData("checkpoint-zip.pth")]
    [InlineData("checkpoint-legacy.pth")]
    public void ATrainingCheckpointGivesItsStateDictWithoutTheModulePrefix(string name)
    {
        using TensorFile file = WeightFile.Open(Fixture.Path(name));
        file.Tensors.Keys.ShouldBe(["0.weight", "0.bias"]);
        file.ReadFloats("0.weight").ShouldBe([3, 4]);
        file.ReadFloats("0.bias").ShouldBe([5]);
        file.Metadata["epoch"].ShouldBe("12");
        file.Metadata["arch"].ShouldBe("gru");
        file.Metadata.ContainsKey("best").ShouldBeFalse(); // A NumPy scalar: skipped.
    }

    [Theory]
    [InlineData("arrays-zip.pth")]
    [InlineData("arrays-legacy.pth")]
    public void NumPyArraysInATorchFileAreRead(string name)
    {
        using TensorFile file = WeightFile.Open(Fixture.Path(name));
        file.ReadFloats("pca_eigen_vectors").ShouldBe([0, 1, 2, 3, 4, 5]);
        file["pca_eigen_vectors"].Shape.ShouldBe([2, 3]);
        file["pca_means"].DType.ShouldBe(DType.F64);
        file["pca_means"].Shape.ShouldBe([3, 2]);
        file.ReadDoubles("pca_means").ShouldBe([0, 1, 2, 3, 4, 5]); // Stored column by column.
    }

    [Fact]
    public void APermutedTensorIsMadeContiguous()
    {
        using TensorFile file = WeightFile.Open(Fixture.Path("permuted-zip.pth"));
        file["permuted"].Shape.ShouldBe([4, 2, 3]);
        file.ReadFloats("permuted").ShouldBe(file.ReadFloats("expected"));
    }

    [Fact]
    public void TheModulePrefixStaysOnRequest()
    {
        using TensorFile file = WeightFile.Open(Fixture.Path("checkpoint-zip.pth"), new WeightFileOptions { StripModulePrefix = false });
        file.Tensors.Keys.ShouldBe(["module.0.weight", "module.0.bias"]);
    }

    [Fact]
    public void AWholePickledModuleIsRefusedByName()
    {
        ForbiddenPickleException error = Should.Throw<ForbiddenPickleException>(() => WeightFile.Open(Fixture.Path("whole-module-zip.pth")));
        error.GlobalName.ShouldBe("torch.nn.modules.container.Sequential");
        error = Should.Throw<ForbiddenPickleException>(
            () => WeightFile.Open(Fixture.Path("whole-module-zip.pth"), new WeightFileOptions { UnknownClasses = UnknownClasses.Inert }));
        error.GlobalName.ShouldBe("torch.nn.modules.container.Sequential");
    }

    [Theory]
    [InlineData("weights-zip.pth")]
    [InlineData("weights-legacy.pth")]
    [InlineData("checkpoint-zip.pth")]
    [InlineData("checkpoint-legacy.pth")]
    [InlineData("arrays-zip.pth")]
    [InlineData("arrays-legacy.pth")]
    [InlineData("arrays.npz")]
    [InlineData("compressed.npz")]
    [InlineData("single.npy")]
    public void AFileCutAtAnyByteIsRefused(string name)
    {
        byte[] whole = File.ReadAllBytes(Fixture.Path(name));
        foreach (int length in BytesOf(whole))
        {
            File.WriteAllBytes(_folder.File("cut"), whole[..length]);
            Should.Throw<TensorFileException>(() => WeightFile.Open(_folder.File("cut")), $"cut at {length}");
        }
    }

    [Theory]
    [InlineData("weights-zip.pth")]
    [InlineData("checkpoint-legacy.pth")]
    [InlineData("weights-legacy.pth")]
    [InlineData("arrays-legacy.pth")]
    [InlineData("arrays.npz")]
    [InlineData("compressed.npz")]
    [InlineData("single.npy")]
    public void AFileWithAnyByteChangedIsReadOrRefusedByName(string name)
    {
        byte[] whole = File.ReadAllBytes(Fixture.Path(name));
        byte[] interesting = [0, 1, 0x7F, 0x80, 0xFF, (byte)'.', (byte)'(', (byte)'t', (byte)'R'];
        Random random = new(7);
        foreach (int i in BytesOf(whole))
        {
            byte[] damaged = [.. whole];
            damaged[i] = interesting[random.Next(interesting.Length)];
            damaged[random.Next(whole.Length)] ^= (byte)random.Next(2);
            ShouldBeReadOrRefused(damaged);
        }
    }

    // The first and the last bytes, where headers and directories are, and some between.
    private static IEnumerable<int> BytesOf(byte[] whole) =>
        Enumerable.Range(0, whole.Length).Where(at => at < 64 || at >= whole.Length - 128 || at % s_stride == 0);

    internal static void ShouldHoldTheWeights(TensorFile file)
    {
        float[] counting = [.. Enumerable.Range(0, 24).Select(i => (float)i)];
        file.Tensors.Keys.ShouldBe(
            ["conv.weight", "conv.transposed", "conv.slice", "half", "bfloat", "double", "steps", "flags", "bytes", "empty", "parameter"]);
        file["conv.weight"].Shape.ShouldBe([2, 3, 4]);
        file.ReadFloats("conv.weight").ShouldBe(counting);
        file["conv.transposed"].Shape.ShouldBe([6, 4]);
        file.ReadFloats("conv.transposed").ShouldBe(Enumerable.Range(0, 24).Select(i => (float)((i % 4 * 6) + (i / 4))));
        file.ReadFloats("conv.slice").ShouldBe([8, 9, 10, 14, 15, 16]);
        file.ReadFloats("half").ShouldBe([0.5f, -2, 65504]);
        file["bfloat"].DType.ShouldBe(DType.BF16);
        file.ReadFloats("bfloat").ShouldBe([0.5f, -2, 1.0002555474e30f]);
        file.ReadDoubles("double").ShouldBe([0.1, -1e300]);
        file["steps"].Shape.ShouldBeEmpty();
        file.ReadIntegers("steps").ShouldBe([7]);
        file.ReadIntegers("flags").ShouldBe([1, 0, 1]);
        file.ReadIntegers("bytes").ShouldBe([0, 255]);
        file["empty"].Shape.ShouldBe([0, 3]);
        file.ReadFloats("empty").ShouldBeEmpty();
        file.ReadFloats("parameter").ShouldBe([1, 2]);
    }

    private void ShouldBeReadOrRefused(byte[] content)
    {
        File.WriteAllBytes(_folder.File("damaged"), content);
        try
        {
            using TensorFile file = WeightFile.Open(_folder.File("damaged"));
            foreach (string name in file.Tensors.Keys)
            {
                file.ReadFloats(name);
            }
        }
        catch (TensorFileException)
        {
            // Rejected with a named error, as expected.
        }
    }
}
