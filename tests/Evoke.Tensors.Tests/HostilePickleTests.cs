using System.Text;
using CsCheck;
using Evoke.Tensors.AnyFormat;
using Evoke.Tensors.Pickle;
using Evoke.Tensors.Pth;
using Evoke.Tensors.Zip;
using Evoke.Testing;

namespace Evoke.Tensors.Tests;

public sealed class HostilePickleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static PickleBuilder Pickle => new();

    [Fact]
    public void APlainDictionaryWithATensorIsRead()
    {
        using TensorFile file = Open(Pickle.Op('}').Text("w").Tensor("0", 6, 1, [2, 2], [2, 1]).Op('s', '.'));
        file.ReadFloats("w").ShouldBe([1, 2, 3, 4]);
    }

    [Theory]
    [InlineData("os", "system")]
    [InlineData("posix", "system")]
    [InlineData("subprocess", "Popen")]
    [InlineData("builtins", "eval")]
    [InlineData("builtins", "exec")]
    [InlineData("builtins", "getattr")]
    [InlineData("__builtin__", "__import__")]
    [InlineData("importlib", "import_module")]
    [InlineData("os.path", "join")]
    public void APickleThatNamesCodeIsRefusedEvenIfUnknownClassesPass(string module, string name)
    {
        PickleBuilder call = Pickle.Op('}').Text("w").Tensor("0", 6, 0, [6], [1]).Op('s')
            .Text("x").Global(module, name).Text("touch /tmp/evoke-was-here").Op(0x85).Op('R', 's', '.');
        call.WriteArchive(_folder.File("a.pth"));
        foreach (UnknownClasses unknown in Enum.GetValues<UnknownClasses>())
        {
            ForbiddenPickleException error = Should.Throw<ForbiddenPickleException>(
                () => WeightFile.Open(_folder.File("a.pth"), new WeightFileOptions { UnknownClasses = unknown }));
            error.GlobalName.ShouldBe($"{module}.{name}");
            error.Message.ShouldContain($"{module}.{name}");
        }
    }

    [Fact]
    public void ANameGivenAsTextIsRefusedToo()
    {
        PickleBuilder call = Pickle.Text("os").Text("system").Op(0x93).Op('.');
        Should.Throw<ForbiddenPickleException>(() => Open(call)).GlobalName.ShouldBe("os.system");
    }

    [Fact]
    public void AnUnknownClassBesideTheTensorsIsRefusedOrInertAsAsked()
    {
        Pickle.Op('}').Text("model").Op('}').Text("w").Tensor("0", 6, 0, [6], [1]).Op('s', 's')
            .Text("config").Global("my.project", "Config").Op(')').Op(0x81).Op('}').Text("lr").Number(1).Op('s', 'b', 's', '.')
            .WriteArchive(_folder.File("a.pth"));
        Should.Throw<ForbiddenPickleException>(() => WeightFile.Open(_folder.File("a.pth"))).GlobalName.ShouldBe("my.project.Config");
        using TensorFile file = WeightFile.Open(_folder.File("a.pth"), new WeightFileOptions { UnknownClasses = UnknownClasses.Inert });
        file.ReadFloats("w").ShouldBe([0, 1, 2, 3, 4, 5]);
    }

    [Fact]
    public void AnUnknownClassAmongTheTensorsIsRefusedInAnyCase()
    {
        Pickle.Op('}').Text("w").Tensor("0", 6, 0, [6], [1]).Op('s')
            .Text("x").Global("my.project", "Layer").Op(')', 'R', 's', '.').WriteArchive(_folder.File("a.pth"));
        Should.Throw<ForbiddenPickleException>(() => WeightFile.Open(_folder.File("a.pth"), new WeightFileOptions { UnknownClasses = UnknownClasses.Inert }))
            .GlobalName.ShouldBe("my.project.Layer");
    }

    [Theory]
    [InlineData(7, 0, new long[] { 6 }, new long[] { 1 })] // The storage has 6.
    [InlineData(long.MaxValue, 0, new long[] { 6 }, new long[] { 1 })]
    [InlineData(-1, 0, new long[] { 6 }, new long[] { 1 })]
    [InlineData(6, 1, new long[] { 6 }, new long[] { 1 })]
    [InlineData(6, -1, new long[] { 2 }, new long[] { 1 })]
    [InlineData(6, long.MaxValue, new long[] { 2 }, new long[] { 1 })]
    [InlineData(6, 0, new long[] { 7 }, new long[] { 1 })]
    [InlineData(6, 0, new long[] { -1 }, new long[] { 1 })]
    [InlineData(6, 0, new long[] { 2 }, new long[] { 6 })]
    [InlineData(6, 5, new long[] { 2 }, new long[] { -1 })]
    [InlineData(6, 0, new long[] { 2, 3 }, new long[] { 1 })]
    [InlineData(6, 0, new long[] { long.MaxValue, long.MaxValue }, new long[] { 1, 1 })]
    [InlineData(6, 0, new long[] { 2, 2 }, new long[] { long.MaxValue, long.MaxValue })]
    [InlineData(6, 6, new long[] { 4 }, new long[] { 0 })]
    public void ATensorBeyondItsStorageIsRefused(long count, long offset, long[] shape, long[] strides) =>
        Should.Throw<MalformedTensorFileException>(() => Open(Pickle.Op('}').Text("w").Tensor("0", count, offset, shape, strides).Op('s', '.')));

    [Theory]
    [InlineData(new long[] { 1L << 40 }, new long[] { 0 })] // A terabyte out of one number.
    [InlineData(new long[] { 1L << 30, 1L << 30 }, new long[] { 0, 0 })]
    [InlineData(new long[] { 1L << 20, 6 }, new long[] { 0, 1 }, 30)] // 24 MB each.
    public void ManyBytesOutOfFewAreRefused(long[] shape, long[] strides, int tensors = 1)
    {
        PickleBuilder pickle = Pickle.Op('}');
        for (int i = 0; i < tensors; i++)
        {
            pickle.Text($"w{i}").Tensor("0", 6, 0, shape, strides).Op('s');
        }

        Should.Throw<TensorFileLimitException>(() => Open(pickle.Op('.'))).Message.ShouldContain("repeats");
    }

    [Theory]
    [InlineData(new long[] { 3, 2 }, new long[] { 0, 1 }, new float[] { 1, 2, 1, 2, 1, 2 })] // expand
    [InlineData(new long[] { 3, 2 }, new long[] { 1, 0 }, new float[] { 1, 1, 2, 2, 3, 3 })]
    [InlineData(new long[] { 9 }, new long[] { 0 }, new float[] { 1, 1, 1, 1, 1, 1, 1, 1, 1 })]
    [InlineData(new long[] { 2, 2, 3 }, new long[] { 0, 2, 0 }, new float[] { 1, 1, 1, 3, 3, 3, 1, 1, 1, 3, 3, 3 })]
    [InlineData(new long[] { 4, 2 }, new long[] { 1, 1 }, new float[] { 1, 2, 2, 3, 3, 4, 4, 5 })] // unfold
    public void TensorsThatRepeatElementsAreRead(long[] shape, long[] strides, float[] values)
    {
        Pickle.Op('}').Text("w").Tensor("0", 6, 1, shape, strides).Op('s', '.').WriteArchive(_folder.File("expanded.pth"));
        using TensorFile file = WeightFile.Open(_folder.File("expanded.pth"));
        file["w"].Shape.ShouldBe(shape);
        file.ReadFloats("w").ShouldBe(values);
    }

    [Fact]
    public void ALightningCheckpointWithHyperparametersIsRead()
    {
        Pickle.Op('}').Text("hyper_parameters").Global("lightning_fabric.utilities.data", "AttributeDict").Op(')', 'R').Text("lr").Number(1).Op('s').Op('s')
            .Text("state_dict").Op('}').Text("model.backbone.w").Tensor("0", 6, 0, [6], [1]).Op('s').Op('s', '.').WriteArchive(_folder.File("lightning.ckpt"));
        using TensorFile file = WeightFile.Open(_folder.File("lightning.ckpt"));
        file.Tensors.Keys.ShouldBe(["model.backbone.w"]);
    }

    [Theory]
    [InlineData(new long[] { 3 })] // It has 8 bytes, not 12.
    [InlineData(new long[] { 1L << 60, 8 })]
    [InlineData(new long[] { -2 })]
    public void ANumPyArrayOfAnotherSizeIsRefused(long[] shape) =>
        Should.Throw<MalformedTensorFileException>(() => Open(Pickle.Op('}').Text("w").Array("f4", shape, new byte[8]).Op('s', '.')));

    [Fact]
    public void ANumPyArrayOfObjectsIsRefused() =>
        Should.Throw<UnsupportedDTypeException>(() => Open(Pickle.Op('}').Text("w").Array("O8", [1], new byte[8]).Op('s', '.'))).Message.ShouldContain("'w'");

    [Fact]
    public void AStorageThatIsNotThereIsNamed() =>
        Should.Throw<MalformedTensorFileException>(() => Open(Pickle.Op('}').Text("w").Tensor("../../etc/passwd", 6, 0, [6], [1]).Op('s', '.')))
            .Message.ShouldContain("../../etc/passwd");

    [Fact]
    public void ADictionaryThatContainsItselfDoesNotHang()
    {
        PickleBuilder loop = Pickle.Op('}').Op((byte)'q', 0).Text("model").Op((byte)'h', 0).Op('s', '.');
        Should.Throw<MalformedTensorFileException>(() => Open(loop)).Message.ShouldContain("nested more than");
        PickleBuilder list = Pickle.Op(']').Op((byte)'q', 0).Op((byte)'h', 0).Op('a', '.');
        Should.Throw<MalformedTensorFileException>(() => Open(list));
    }

    [Theory]
    [InlineData(']', 'a')]
    [InlineData(')', '\u0085')]
    public void DeepNestingIsRefusedWithoutOverflow(char empty, char wrap)
    {
        const int Depth = 300_000;
        PickleBuilder nested = Pickle;
        byte[] opening = new byte[Depth];
        Array.Fill(opening, (byte)empty);
        byte[] closing = new byte[Depth];
        Array.Fill(closing, (byte)wrap);
        nested.Op(opening).Op(closing).Op('.');
        Should.Throw<MalformedTensorFileException>(() => Open(nested));
    }

    [Fact]
    public void ListsThatDoubleAThousandTimesCostNothing()
    {
        // l0 = []; l1 = [l0, l0]; l2 = [l1, l1]; ...
        PickleBuilder laughs = Pickle.Op(']').Op((byte)'q', 0);
        for (int i = 0; i < 1000; i++)
        {
            laughs.Op(']', '(').Op((byte)'h', 0).Op((byte)'h', 0).Op('e').Op((byte)'q', 0);
        }

        Should.Throw<MalformedTensorFileException>(() => Open(laughs.Op('.')));
    }

    [Fact]
    public void MoreInstructionsThanAnyCheckpointHasAreRefused()
    {
        byte[] marks = new byte[PickleReader.MaxInstructions + 1];
        Array.Fill(marks, (byte)'(');
        Should.Throw<TensorFileLimitException>(() => Open(Pickle.Op(marks)));
    }

    [Theory]
    [InlineData(new byte[] { (byte)'X', 0xFF, 0xFF, 0xFF, 0xFF })] // 4 GiB of text
    [InlineData(new byte[] { 0x8D, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F })]
    [InlineData(new byte[] { 0x8E, 0, 0, 0, 0, 0, 1, 0, 0 })]
    [InlineData(new byte[] { 0x8B, 0xFF, 0xFF, 0xFF, 0x7F })]
    [InlineData(new byte[] { (byte)'B', 0xFF, 0xFF, 0xFF, 0xFF })]
    public void ALengthBeyondTheFileAllocatesNothing(byte[] instruction)
    {
        byte[] bytes = Pickle.Op(instruction).Bytes;
        long before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<TruncatedTensorFileException>(() => PickleReader.Read(bytes, "a.pth", false));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 20);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("t.")]
    [InlineData("}s.")]
    [InlineData("(}Nu.")]
    [InlineData("NNR.")]
    [InlineData("h\u0001.")]
    [InlineData("NQ.")]
    [InlineData("I1\n.")]
    [InlineData("(lp0\n.")]
    [InlineData("\u0082\u0001.")]
    [InlineData("N}b.")]
    [InlineData("N.")]
    public void APickleThatIsNoCheckpointIsRefused(string instructions) =>
        Should.Throw<TensorFileException>(() => Open(Pickle.Op(Encoding.Latin1.GetBytes(instructions))));

    [Fact]
    public void APickleOfPython2IsRead()
    {
        // Python 2 writes OrderedDict's content as a list of pairs, and text as bytes.
        PickleBuilder pickle = Pickle.Global("collections", "OrderedDict").Op(']', ']').Op((byte)'U', 1, (byte)'w').Op('a')
            .Tensor("0", 6, 0, [2, 3], [3, 1]).Op('a', 'a').Op(0x85).Op('R', '.');
        using TensorFile file = Open(pickle);
        file.ReadFloats("w").ShouldBe([0, 1, 2, 3, 4, 5]);
    }

    [Fact]
    public void RandomInstructionsAreReadOrRefusedByName()
    {
        byte[] codes = [.. "NJKMGXUT(01t)]laue}dsqrhjcRbQ."u8, 0x80, 0x81, 0x85, 0x86, 0x87, 0x88, 0x8A, 0x8C, 0x8F, 0x90, 0x93, 0x94, 0, 1, 2, 3];
        Gen.OneOf(Gen.Int[0, codes.Length - 1].Select(i => codes[i]), Gen.Byte).Array[0, 60].Sample(bytes =>
        {
            try
            {
                PickleReader.Read(bytes, "a.pth", true);
            }
            catch (TensorFileException)
            {
                // Rejected with a named error, as expected.
            }
        }, iter: 20_000, threads: 1);
    }

    [Fact]
    public void ADamagedPickleOfARealCheckpointIsReadOrRefusedByName()
    {
        using MappedFile mapped = MappedFile.Open(Fixture.Path("checkpoint-zip.pth"));
        ZipDirectory zip = ZipDirectory.Read(mapped);
        byte[] pickle = new ZipInflation(mapped).Read(TorchZipReader.FindPickle(zip)!);
        Gen.Select(Gen.Int[0, pickle.Length - 1], Gen.Byte, Gen.Int[0, pickle.Length - 1], Gen.Byte).Sample((i, a, j, b) =>
        {
            byte[] damaged = [.. pickle];
            damaged[i] = a;
            damaged[j] = b;
            try
            {
                PickleContent content = PickleReader.Read(damaged, "a.pth", true);
                Checkpoint.Find("a.pth", content.Root, WeightFileOptions.Default);
            }
            catch (TensorFileException)
            {
                // Rejected with a named error, as expected.
            }
        }, iter: 5_000, threads: 1);
    }

    private TensorFile Open(PickleBuilder pickle)
    {
        string path = _folder.File(Guid.NewGuid().ToString("N"));
        pickle.WriteArchive(path);
        return WeightFile.Open(path);
    }
}
