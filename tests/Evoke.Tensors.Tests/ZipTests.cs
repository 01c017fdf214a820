using System.Buffers.Binary;
using System.IO.Compression;
using Evoke.Tensors.AnyFormat;
using Evoke.Tensors.Zip;
using Evoke.Testing;

namespace Evoke.Tensors.Tests;

public sealed class ZipTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheDirectoryAgreesWithTheFrameworksReader()
    {
        string path = Fixture.Path("checkpoint-zip.pth");
        using MappedFile file = MappedFile.Open(path);
        ZipDirectory directory = ZipDirectory.Read(file);
        using ZipArchive reference = ZipFile.OpenRead(path);
        directory.Entries.Keys.ShouldBe(reference.Entries.Select(e => e.FullName), ignoreOrder: true);
        foreach (ZipArchiveEntry entry in reference.Entries)
        {
            using MemoryStream bytes = new();
            using (Stream stream = entry.Open())
            {
                stream.CopyTo(bytes);
            }

            new ZipInflation(file).Read(directory.Entries[entry.FullName]).ShouldBe(bytes.ToArray());
        }
    }

    [Fact]
    public void Zip64SizesAreRead()
    {
        byte[] zip = Zip64Archive("a.npy", File.ReadAllBytes(Fixture.Path("single.npy")));
        File.WriteAllBytes(_folder.File("a.npz"), zip);
        using TensorFile file = WeightFile.Open(_folder.File("a.npz"));
        file.ReadFloats("a").ShouldBe([0, 1, 2, 3, 4, 5]);
    }

    [Fact]
    public void OverlappingEntriesAreRefused()
    {
        // Both directory entries point to the same local entry: the trick of the quoted-overlap bombs.
        byte[] bytes = TwoEntries();
        int first = Find(bytes, 0x02014B50, 0);
        int second = Find(bytes, 0x02014B50, first + 4);
        bytes.AsSpan(first + 42, 4).CopyTo(bytes.AsSpan(second + 42));
        ShouldBeMalformed(bytes, "overlap");
    }

    [Theory]
    [InlineData(20, uint.MaxValue - 1, "claims")] // stored length
    [InlineData(24, 1u << 30, "cannot be")] // inflated length
    [InlineData(42, 1u << 30, "should start")] // place of the local entry
    public void ALyingDirectoryIsRefused(int field, uint value, string problem)
    {
        byte[] bytes = TwoEntries();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(Find(bytes, 0x02014B50, 0) + field), value);
        ShouldBeMalformed(bytes, problem);
    }

    [Fact]
    public void AWrongChecksumIsRefused()
    {
        byte[] bytes = File.ReadAllBytes(Fixture.Path("weights-zip.pth"));
        bytes[Find(bytes, 0x02014B50, 0) + 16] ^= 1;
        ShouldBeMalformed(bytes, "checksum");
    }

    [Fact]
    public void AnEncryptedEntryIsRefused()
    {
        byte[] bytes = TwoEntries();
        bytes[Find(bytes, 0x02014B50, 0) + 8] |= 1;
        ShouldBeMalformed(bytes, "encrypted");
    }

    [Fact]
    public void AnEntryThatInflatesToLessThanItSaysIsRefused()
    {
        byte[] bytes = TwoEntries();
        int entry = Find(bytes, 0x02014B50, 0);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(entry + 24));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(entry + 24), length + 1);
        ShouldBeMalformed(bytes, "its directory entry states");
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(entry + 24), length - 1);
        ShouldBeMalformed(bytes, "its directory entry states");
    }

    [Theory]
    [InlineData("archive/data.pkl")]
    [InlineData("archive/data/0")]
    public void ABombInACheckpointIsRefusedBeforeItIsInflated(string bombed)
    {
        string path = _folder.File("bomb.pth");
        PickleBuilder pickle = new PickleBuilder().Op('}').Text("w").Tensor("0", 100L << 18, 0, [100L << 18], [1]).Op('s', '.');
        using (ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            foreach (string name in new[] { "archive/data.pkl", "archive/data/0" })
            {
                using Stream entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
                if (name != bombed)
                {
                    entry.Write(pickle.Bytes);
                    continue;
                }

                byte[] zeros = new byte[1 << 20];
                for (int i = 0; i < 100; i++)
                {
                    entry.Write(zeros);
                }
            }
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<TensorFileLimitException>(() => WeightFile.Open(path));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(4 << 20);
    }

    private byte[] TwoEntries()
    {
        string path = _folder.File(Guid.NewGuid().ToString("N"));
        using (ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            foreach (string name in new[] { "a.npy", "b.npy" })
            {
                using Stream stream = zip.CreateEntry(name, CompressionLevel.Optimal).Open();
                stream.Write(File.ReadAllBytes(Fixture.Path("single.npy")));
            }
        }

        return File.ReadAllBytes(path);
    }

    /// <summary>What a writer produces for entries above 4 GiB, with a small entry: every size is in the zip64 fields.</summary>
    private static byte[] Zip64Archive(string name, byte[] content)
    {
        using MemoryStream stream = new();
        using BinaryWriter w = new(stream);
        byte[] nameBytes = System.Text.Encoding.ASCII.GetBytes(name);
        uint crc = System.IO.Hashing.Crc32.HashToUInt32(content);
        w.Write(0x04034B50u);
        w.Write(new byte[22]);
        w.Write((ushort)nameBytes.Length);
        w.Write((ushort)0);
        w.Write(nameBytes);
        w.Write(content);
        long directory = stream.Position;
        w.Write(0x02014B50u);
        w.Write(new byte[12]);
        w.Write(crc);
        w.Write(uint.MaxValue);
        w.Write(uint.MaxValue);
        w.Write((ushort)nameBytes.Length);
        w.Write((ushort)(28 + 6));
        w.Write(new byte[10]);
        w.Write(uint.MaxValue);
        w.Write(nameBytes);
        w.Write((ushort)0x5455); // Another extra field before the one that counts.
        w.Write((ushort)2);
        w.Write((ushort)0);
        w.Write((ushort)1);
        w.Write((ushort)24);
        w.Write((long)content.Length);
        w.Write((long)content.Length);
        w.Write(0L);
        long end = stream.Position;
        w.Write(0x06064B50u);
        w.Write(44L);
        w.Write(new byte[12]);
        w.Write(1L);
        w.Write(1L);
        w.Write(end - directory);
        w.Write(directory);
        w.Write(0x07064B50u);
        w.Write(0u);
        w.Write(end);
        w.Write(1u);
        w.Write(0x06054B50u);
        w.Write(0u);
        w.Write(ushort.MaxValue);
        w.Write(ushort.MaxValue);
        w.Write(uint.MaxValue);
        w.Write(uint.MaxValue);
        w.Write((ushort)0);
        w.Flush();
        return stream.ToArray();
    }

    private static int Find(byte[] bytes, uint signature, int from)
    {
        Span<byte> pattern = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(pattern, signature);
        return from + bytes.AsSpan(from).IndexOf(pattern);
    }

    private void ShouldBeMalformed(byte[] bytes, string problem)
    {
        File.WriteAllBytes(_folder.File("lying"), bytes);
        Should.Throw<MalformedTensorFileException>(() => WeightFile.Open(_folder.File("lying"))).Message.ShouldContain(problem);
    }
}
