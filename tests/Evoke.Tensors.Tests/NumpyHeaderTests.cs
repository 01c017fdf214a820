using System.IO.Compression;
using System.Text;
using Evoke.Tensors.AnyFormat;
using Evoke.Tensors.Numpy;
using Evoke.Tensors.Zip;
using Evoke.Testing;

namespace Evoke.Tensors.Tests;

/// <summary>Headers of NumPy arrays as numpy.lib.format describes them.</summary>
public sealed class NumpyHeaderTests : IDisposable
{
    private const string TwoFloats = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 12)]
    [InlineData(3, 12)]
    public void EveryVersionIsRead(byte version, int start)
    {
        StridedTensor tensor = Read(Npy(version, TwoFloats, new byte[8]));
        (tensor.Name, tensor.DType, tensor.Offset, tensor.Bytes.Length).ShouldBe(("a", DType.F32, 0, 8));
        tensor.Shape.ShouldBe([2]);
        tensor.Check("a.npy").ByteOffset.ShouldBeNull("it lies in memory");
        File.WriteAllBytes(_folder.File("a.npy"), Npy(version, TwoFloats, [.. BitConverter.GetBytes(1.5f), .. BitConverter.GetBytes(-2f)]));
        using TensorFile file = WeightFile.Open(_folder.File("a.npy"));
        file.Format.ShouldBe(TensorFileFormat.NumpyArray);
        file.ReadFloats("a").ShouldBe([1.5f, -2]);
        file["a"].ByteOffset.ShouldBe(start + TwoFloats.Length);
    }

    [Theory]
    [InlineData("<f8", 8, DType.F64)]
    [InlineData("<f4", 4, DType.F32)]
    [InlineData("<f2", 2, DType.F16)]
    [InlineData("<i8", 8, DType.I64)]
    [InlineData("<i4", 4, DType.I32)]
    [InlineData("<i2", 2, DType.I16)]
    [InlineData("|i1", 1, DType.I8)]
    [InlineData("|u1", 1, DType.U8)]
    [InlineData("|b1", 1, DType.Bool)]
    public void EveryTypeIsKnown(string descr, int size, DType type)
    {
        StridedTensor tensor = Read(Npy(1, $"{{'descr': '{descr}', 'fortran_order': False, 'shape': (3,), }}", new byte[3 * size]));
        tensor.DType.ShouldBe(type);
    }

    [Theory]
    [InlineData("(2, 3)", false, new long[] { 2, 3 }, new long[] { 3, 1 })]
    [InlineData("(2, 3)", true, new long[] { 2, 3 }, new long[] { 1, 2 })]
    [InlineData("(2L, 3L)", false, new long[] { 2, 3 }, new long[] { 3, 1 })] // Python 2
    [InlineData("(6,)", false, new long[] { 6 }, new long[] { 1 })]
    [InlineData("( 6 , )", false, new long[] { 6 }, new long[] { 1 })]
    [InlineData("(1, 6, 1)", true, new long[] { 1, 6, 1 }, new long[] { 1, 1, 6 })]
    public void TheShapeAndOrderAreRead(string text, bool columnsFirst, long[] shape, long[] strides)
    {
        StridedTensor tensor = Read(Npy(1, $"  {{ 'descr': '|u1', 'fortran_order': {columnsFirst}, 'shape': {text} }} \n", new byte[6]));
        tensor.Shape.ShouldBe(shape);
        tensor.Strides.ShouldBe(strides);
    }

    [Fact]
    public void AScalarHasNoDimensions() => Read(Npy(1, "{'descr': '|u1', 'fortran_order': False, 'shape': (), }", new byte[1])).Shape.ShouldBeEmpty();

    [Theory]
    [InlineData("{'descr': '>f4', 'fortran_order': False, 'shape': (2,), }", "the array 'a' is of type '>f4', which is not supported.")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2 2,), }", "the array 'a' has the shape (2 2,), which is not valid.")]
    [InlineData(
        "{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 4), }",
        "the array 'a' has the shape [4611686018427387904, 4], which is not valid.")]
    [InlineData(" rubbish ", "the header of the array 'a' is not that of a plain array of numbers: rubbish")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", "the array 'a' needs 12 bytes; found 8.")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", "the array 'a' needs 4 bytes; found 8.")]
    public void AWrongHeaderIsNamed(string header, string problem) =>
        Should.Throw<TensorFileException>(() => Read(Npy(1, header, new byte[8]))).Message.ShouldBe($"a.npy: {problem}");

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void OtherVersionsAreRefused(byte version) =>
        Should.Throw<MalformedTensorFileException>(() => Read(Npy(version, TwoFloats, new byte[8]))).Message
            .ShouldBe("a.npy: the array 'a' does not start as a NumPy array of version 1 to 3.");

    [Fact]
    public void AnotherStartIsRefused()
    {
        byte[] npy = Npy(1, TwoFloats, new byte[8]);
        npy[5] = (byte)'X';
        Should.Throw<MalformedTensorFileException>(() => Read(npy)).Message.ShouldContain("does not start as a NumPy array");
    }

    [Fact]
    public void AFileShorterThanAnyHeaderIsTruncated()
    {
        Should.Throw<TruncatedTensorFileException>(() => Read(Npy(1, TwoFloats, new byte[8])[..11])).Message
            .ShouldBe("a.npy: the array 'a' has 11 bytes, fewer than its header.");
        Should.Throw<TruncatedTensorFileException>(() => Read(Npy(1, TwoFloats, new byte[8])[..12])).Message
            .ShouldBe($"a.npy: the header of the array 'a' claims {TwoFloats.Length} bytes; found 2.");
    }

    [Theory]
    [InlineData(10_000, true)]
    [InlineData(10_001, false)]
    public void AHeaderHasAtMostTenThousandBytes(int length, bool isRead)
    {
        byte[] npy = Npy(2, TwoFloats.PadRight(length), new byte[8]);
        if (isRead)
        {
            Read(npy).Shape.ShouldBe([2]);
            return;
        }

        Should.Throw<MalformedTensorFileException>(() => Read(npy)).Message
            .ShouldBe("a.npy: the header of the array 'a' claims 10001 bytes; expected at most 10000.");
    }

    [Fact]
    public void FromVersion2OnTheLengthOfTheHeaderHas32Bits()
    {
        byte[] npy = Npy(2, TwoFloats, new byte[8]);
        npy[10] = 1; // the third of four bytes: 65,536
        Should.Throw<MalformedTensorFileException>(() => Read(npy)).Message
            .ShouldBe($"a.npy: the header of the array 'a' claims {TwoFloats.Length + 65_536} bytes; expected at most 10000.");
    }

    [Fact]
    public void AHeaderMayEndWithTheFile() =>
        Read(Npy(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (0,), }", [])).Bytes.Length.ShouldBe(0);

    [Theory]
    [InlineData(true, "a.npy", "b.npy")]
    [InlineData(false, "a.npy", "b.txt")]
    [InlineData(false)]
    public void AnArchiveOfArraysHasNothingElse(bool isOne, params string[] names)
    {
        using (ZipArchive zip = ZipFile.Open(_folder.File("a.npz"), ZipArchiveMode.Create))
        {
            foreach (string name in names)
            {
                zip.CreateEntry(name);
            }
        }

        using MappedFile file = MappedFile.Open(_folder.File("a.npz"));
        NumpyReader.Recognizes(ZipDirectory.Read(file)).ShouldBe(isOne);
    }

    private static StridedTensor Read(byte[] npy) => NumpyHeader.Read("a.npy", "a", StoredBytes.InMemory(npy));

    private static byte[] Npy(byte version, string header, byte[] data) =>
    [
        .. NumpyHeader.Magic, version, 0, .. version == 1 ? BitConverter.GetBytes((ushort)header.Length) : BitConverter.GetBytes(header.Length),
        .. Encoding.ASCII.GetBytes(header), .. data,
    ];
}
