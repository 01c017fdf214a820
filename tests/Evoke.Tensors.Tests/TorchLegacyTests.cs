using Evoke.Tensors.AnyFormat;
using Evoke.Tensors.Pth;
using Evoke.Testing;

namespace Evoke.Tensors.Tests;

/// <summary>Files of PyTorch before 1.6, built by hand: pickles of a magic number, a version, the machine, the object and its storages' keys; then the
/// storages.</summary>
public sealed class TorchLegacyTests : IDisposable
{
    private static readonly byte[] Magic = [0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, (byte)'.'];
    private static readonly byte[] SixFloats = [.. Enumerable.Range(0, 6).SelectMany(i => BitConverter.GetBytes((float)i))];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AFileBuiltByHandIsRead()
    {
        using TensorFile file = Open();
        file.Format.ShouldBe(TensorFileFormat.TorchLegacy);
        file.ReadFloats("w").ShouldBe([0, 1, 2, 3, 4, 5]);
        file["w"].ByteOffset.ShouldBe(new FileInfo(_folder.File("a.pth")).Length - 24);
    }

    [Fact]
    public void TheMachineMayLeaveItsByteOrderUnsaid() => Open(machine: new PickleBuilder().Op('}', '.').Bytes).Dispose();

    [Fact]
    public void StoragesMayShareAFileAndLieInAnyOrder()
    {
        byte[] two = new PickleBuilder().Op('}').Text("a").Tensor("x", 2, 0, [2], [1]).Op('s').Text("b").Tensor("y", 1, 0, [1], [1]).Op('s', '.').Bytes;
        byte[] keys = new PickleBuilder().Op(']').Text("y").Op('a').Text("x").Op('a', '.').Bytes;
        using TensorFile file = Open(content: two, keys: keys, storages: [.. Storage(1, BitConverter.GetBytes(9f)), .. Storage(2, SixFloats[4..12])]);
        file.ReadFloats("a").ShouldBe([1, 2]);
        file.ReadFloats("b").ShouldBe([9]);
    }

    [Theory]
    [InlineData("version", "its protocol version is not 1001.")]
    [InlineData("order", "its numbers are not marked as little-endian.")]
    [InlineData("machine", "its numbers are not marked as little-endian.")]
    [InlineData("list", "it has no list of storages.")]
    [InlineData("key", "it lists a storage that nothing refers to: other.")]
    [InlineData("number", "it lists a storage that nothing refers to: integer.")]
    [InlineData("count", "the storage '0' has 5 elements; expected 6.")]
    [InlineData("twice", "the storage '0' appears twice.")]
    [InlineData("none", "the storage '0' of the tensor 'w' is not in the file.")]
    public void AFileThatContradictsItselfIsNamed(string fault, string problem)
    {
        Action open = fault switch
        {
            "version" => () => Open(version: 1000),
            "order" => () => Open(machine: new PickleBuilder().Op('}').Text("little_endian").Op(0x89).Op('s', '.').Bytes),
            "machine" => () => Open(machine: new PickleBuilder().Op('N', '.').Bytes),
            "list" => () => Open(keys: new PickleBuilder().Op('N', '.').Bytes),
            "key" => () => Open(keys: new PickleBuilder().Op(']').Text("other").Op('a', '.').Bytes),
            "number" => () => Open(keys: new PickleBuilder().Op(']').Number(0).Op('a', '.').Bytes),
            "count" => () => Open(storages: Storage(5, SixFloats)),
            "twice" => () => Open(
                keys: new PickleBuilder().Op(']').Text("0").Op('a').Text("0").Op('a', '.').Bytes,
                storages: [.. Storage(6, SixFloats), .. Storage(6, SixFloats)]),
            _ => () => Open(keys: new PickleBuilder().Op(']', '.').Bytes, storages: []),
        };
        Should.Throw<MalformedTensorFileException>(open).Message.ShouldBe($"{_folder.File("a.pth")}: {problem}");
    }

    [Fact]
    public void AFileThatEndsTooSoonIsNamed()
    {
        Should.Throw<TruncatedTensorFileException>(() => Open(storages: Storage(6, SixFloats[..20]))).Message
            .ShouldBe($"{_folder.File("a.pth")}: the storage '0' has 24 bytes; 20 are left.");
        Should.Throw<TruncatedTensorFileException>(() => Open(storages: new byte[7])).Message
            .ShouldBe($"{_folder.File("a.pth")}: it ends before the storage '0'.");
    }

    [Fact]
    public void AnEmptyStorageMayBeTheLastThingInTheFile()
    {
        byte[] content = new PickleBuilder().Op('}').Text("w").Tensor("0", 0, 0, [0], [1]).Op('s', '.').Bytes;
        using TensorFile file = Open(content: content, storages: Storage(0, []));
        file.ReadFloats("w").ShouldBeEmpty();
    }

    [Fact]
    public void AnUnknownClassBesideTheTensorsIsRefusedOrInertAsAsked()
    {
        byte[] content = new PickleBuilder().Op('}').Text("model").Op('}').Text("w").Tensor("0", 6, 0, [6], [1]).Op('s', 's')
            .Text("config").Global("my.project", "Config").Op(')').Op(0x81).Op('s', '.').Bytes;
        Should.Throw<ForbiddenPickleException>(() => Open(content: content)).GlobalName.ShouldBe("my.project.Config");
        using TensorFile file = WeightFile.Open(_folder.File("a.pth"), new WeightFileOptions { UnknownClasses = UnknownClasses.Inert });
        file.ReadFloats("w").ShouldBe([0, 1, 2, 3, 4, 5]);
    }

    private static byte[] Storage(long count, byte[] elements) => [.. BitConverter.GetBytes(count), .. elements];

    private TensorFile Open(int version = 1001, byte[]? machine = null, byte[]? content = null, byte[]? keys = null, byte[]? storages = null)
    {
        byte[] file =
        [
            .. Magic, .. new PickleBuilder().Number(version).Op('.').Bytes,
            .. machine ?? new PickleBuilder().Op('}').Text("little_endian").Op(0x88).Op('s', '.').Bytes,
            .. content ?? new PickleBuilder().Op('}').Text("w").Tensor("0", 6, 0, [6], [1]).Op('s', '.').Bytes,
            .. keys ?? new PickleBuilder().Op(']').Text("0").Op('a', '.').Bytes, .. storages ?? Storage(6, SixFloats),
        ];
        File.WriteAllBytes(_folder.File("a.pth"), file);
        return WeightFile.Open(_folder.File("a.pth"));
    }
}
