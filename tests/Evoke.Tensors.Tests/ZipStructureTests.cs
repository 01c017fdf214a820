using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Evoke.Tensors.AnyFormat;
using Evoke.Tensors.Zip;
using Evoke.Testing;

namespace Evoke.Tensors.Tests;

/// <summary>Archives built field by field after PKWARE's APPNOTE, right and wrong.</summary>
public sealed class ZipStructureTests : IDisposable
{
    private const int Central = 4 + 30 + 5; // The directory follows a local entry "a.bin" of four bytes.
    private static readonly byte[] Four = [1, 2, 3, 4];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AnEntryIsFoundWhereItsBytesAre()
    {
        ZipEntry entry = Read(Archive()).ShouldHaveSingleItem().Value;
        entry.ShouldBe(new ZipEntry("a.bin", false, 35, 4, 4, Crc(Four)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(ushort.MaxValue)]
    public void ACommentMayFollow(int length) => Read(Archive(comment: new byte[length])).Count.ShouldBe(1);

    [Fact]
    public void ACommentThatLooksLikeAnEndIsNone()
    {
        byte[] comment = new byte[40];
        BinaryPrimitives.WriteUInt32LittleEndian(comment.AsSpan(3), 0x06054B50);
        Read(Archive(comment: comment)).Count.ShouldBe(1);
    }

    [Fact]
    public void ExtraFieldsAndCommentsOfEntriesAreSkipped()
    {
        byte[] zip = Archive(localExtra: [9, 9, 9], extra: [5, 0, 1, 0, 7], entryComment: [1, 2, 3, 4, 5, 6]);
        Read(zip).ShouldHaveSingleItem().Value.DataOffset.ShouldBe(38);
    }

    [Fact]
    public void AnEmptyArchiveHasNoEntries()
    {
        byte[] end = new byte[22];
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06054B50);
        Read(end).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(12, 52u, "the zip directory claims 52 bytes at 39, beyond its end record at 90.")] // one too many
    [InlineData(16, 40u, "the zip directory claims 51 bytes at 40, beyond its end record at 90.")]
    [InlineData(16, 91u, "the zip directory claims 51 bytes at 91, beyond its end record at 90.")]
    [InlineData(12, 50u, "entry 1 of the zip directory goes beyond the directory's end.")]
    [InlineData(12, 45u, "the zip directory claims 1 entries; entry 1 is not there.")]
    [InlineData(10, 2u, "the zip directory claims 2 entries; entry 2 is not there.")]
    public void AnEndThatContradictsTheDirectoryIsNamed(int field, uint value, string problem)
    {
        byte[] zip = Archive();
        int end = zip.Length - 22;
        end.ShouldBe(90);
        if (field == 10)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(zip.AsSpan(end + field), (ushort)value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(end + field), value);
        }

        Error(zip).ShouldBe(problem);
    }

    [Theory]
    [InlineData(0, 0x02014B51u, "the zip directory claims 1 entries; entry 1 is not there.")]
    [InlineData(20, 78u, "the zip entry 'a.bin' claims 78 bytes at 35; the file has 112.")] // 77 are left
    [InlineData(24, 5u, "the zip entry 'a.bin' claims 5 bytes from 4, which cannot be right.")]
    [InlineData(24, 3u, "the zip entry 'a.bin' claims 3 bytes from 4, which cannot be right.")]
    [InlineData(42, 1u, "the zip entry 'a.bin' should start at byte 1, but does not.")]
    [InlineData(42, 83u, "the zip entry 'a.bin' should start at byte 83, but does not.")]
    [InlineData(42, 111u, "the zip entry 'a.bin' should start at byte 111, but does not.")]
    [InlineData(42, 4_000_000_000u, "the zip entry 'a.bin' should start at byte 4000000000, but does not.")]
    [InlineData(10, 12u, "the zip entry 'a.bin' is encrypted or of compression method 12; expected stored or deflated.")]
    [InlineData(8, 1u, "the zip entry 'a.bin' is encrypted or of compression method 0; expected stored or deflated.")]
    public void AnEntryThatContradictsTheFileIsNamed(int field, uint value, string problem)
    {
        byte[] zip = Archive();
        Span<byte> at = zip.AsSpan(Central + field);
        if (field is 8 or 10)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(at, (ushort)value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(at, value);
        }

        Error(zip).ShouldBe(problem);
    }

    [Fact]
    public void AnEntryMayReachTheEndOfTheFileAndNotFurther()
    {
        byte[] zip = Archive();
        Set(zip, Central + 20, 77);
        Set(zip, Central + 24, 77);
        Read(zip).ShouldHaveSingleItem().Value.StoredLength.ShouldBe(77);
    }

    [Theory]
    [InlineData(4 * 1032 + 64, true)]
    [InlineData(4 * 1032 + 65, false)]
    public void NoDeflatedEntryGrowsMoreThanDeflateCan(uint length, bool isRead)
    {
        byte[] zip = Archive();
        BinaryPrimitives.WriteUInt16LittleEndian(zip.AsSpan(Central + 10), 8);
        Set(zip, Central + 24, length);
        if (isRead)
        {
            ZipEntry entry = Read(zip).ShouldHaveSingleItem().Value;
            (entry.IsDeflated, entry.Length, entry.StoredLength).ShouldBe((true, length, 4));
            return;
        }

        Error(zip).ShouldBe($"the zip entry 'a.bin' claims {length} bytes from 4, which cannot be right.");
    }

    [Fact]
    public void NoTwoEntriesShareANameOrBytes()
    {
        byte[] zip = Archive(copies: 2);
        Error(zip).ShouldBe("the zip entry 'a.bin' appears twice.");
        zip[Central + 46] = (byte)'b';
        Error(zip).ShouldBe("two zip entries overlap at byte 0.");
    }

    [Fact]
    public void EntriesMayTouch()
    {
        using (ZipArchive archive = ZipFile.Open(_folder.File("two.zip"), ZipArchiveMode.Create))
        {
            foreach (string name in new[] { "b", "a", "c" })
            {
                using Stream stream = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
                stream.Write(Four);
            }
        }

        Read(File.ReadAllBytes(_folder.File("two.zip"))).Keys.ShouldBe(["b", "a", "c"], ignoreOrder: true);
    }

    [Fact]
    public void TheDirectoryMayListEntriesInAnyOrder()
    {
        // The local entries of two archives, one after the other; the directory lists the second one first.
        byte[] one = Archive();
        byte[] local = one[..Central], listed = one[Central..^22];
        byte[] second = [.. local], listedSecond = [.. listed];
        second[30] = listedSecond[46] = (byte)'b';
        Set(listedSecond, 42, Central);
        byte[] end = [.. one[^22..]];
        (end[8], end[10]) = (2, 2);
        Set(end, 12, (uint)(2 * listed.Length));
        Set(end, 16, 2 * Central);
        Read([.. local, .. second, .. listedSecond, .. listed, .. end]).Keys.ShouldBe(["b.bin", "a.bin"]);
    }

    [Fact]
    public void BytesAfterTheStatedLengthAreRefusedWhateverTheyAre()
    {
        using (ZipArchive archive = ZipFile.Open(_folder.File("deflated.zip"), ZipArchiveMode.Create))
        {
            using Stream stream = archive.CreateEntry("a.bin", CompressionLevel.Optimal).Open();
            stream.Write([1, 2, 3, 0]);
        }

        byte[] zip = File.ReadAllBytes(_folder.File("deflated.zip"));
        int central = zip.AsSpan().LastIndexOf([(byte)0x50, (byte)0x4B, (byte)1, (byte)2]);
        WithFile(zip, file => new ZipInflation(file).Read(ZipDirectory.Read(file).Entries["a.bin"])).ShouldBe([1, 2, 3, 0]);
        Set(zip, central + 24, 3);
        Set(zip, central + 16, Crc([1, 2, 3]));
        Should.Throw<MalformedTensorFileException>(() => WithFile(zip, file => new ZipInflation(file).Read(ZipDirectory.Read(file).Entries["a.bin"]))).Message
            .ShouldEndWith(": the zip entry 'a.bin' does not inflate to the 3 bytes that its directory entry states.");
    }

    [Fact]
    public void AFileWithoutAnEndIsTruncated()
    {
        byte[] zip = Archive();
        Should.Throw<TruncatedTensorFileException>(() => Read(zip[..^1])).Message
            .ShouldEndWith(": it starts as a zip archive, but the archive's directory at the end is missing.");
        Should.Throw<TruncatedTensorFileException>(() => Read(Archive(comment: new byte[10])[..^1]));
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    [InlineData(true, true, false)]
    public void WideSizesAreInTheirExtraFieldInOrder(bool length, bool stored, bool local)
    {
        List<byte> values = [];
        byte[] zip = Archive(extra: new byte[4 + 24 + 5]);
        foreach ((bool wide, int field, long value) in new[] { (length, 24, 4L), (stored, 20, 4L), (local, 42, 0L) })
        {
            if (wide)
            {
                Set(zip, Central + field, uint.MaxValue);
                values.AddRange(BitConverter.GetBytes(value));
            }
        }

        byte[] extra = [0x55, 0x54, 1, 0, 7, 1, 0, (byte)values.Count, 0, .. values];
        extra.CopyTo(zip, Central + 46 + 5);
        Read(zip).ShouldHaveSingleItem().Value.ShouldBe(new ZipEntry("a.bin", false, 35, 4, 4, Crc(Four)));
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 1, 0, 8 })] // half a field
    [InlineData(new byte[] { 1, 0, 8, 0, 0 })] // it claims more than there is
    [InlineData(new byte[] { 2, 0, 0, 0 })] // another field
    [InlineData(new byte[] { 1, 0, 4, 0, 4, 0, 0, 0 })] // too short for a number
    public void MissingWideSizesAreNamed(byte[] extra)
    {
        byte[] zip = Archive(extra: extra);
        Set(zip, Central + 24, uint.MaxValue);
        Error(zip).ShouldBe("the zip entry 'a.bin' lacks its zip64 sizes.");
    }

    [Theory]
    [InlineData(-1L, "the zip64 end record should be at -1, but is not.")]
    [InlineData(long.MaxValue, "the zip64 end record should be at 9223372036854775807, but is not.")]
    [InlineData(0L, "the zip64 end record should be at 0, but is not.")] // a local entry is there
    [InlineData(36L, "the zip64 end record should be at 36, but is not.")]
    public void AWideEndThatIsNotThereIsNamed(long offset, string problem)
    {
        byte[] zip = Archive();
        byte[] locator = [0x50, 0x4B, 6, 7, 0, 0, 0, 0, .. BitConverter.GetBytes(offset), 1, 0, 0, 0];
        Error([.. zip[..^22], .. locator, .. zip[^22..]]).ShouldBe(problem);
    }

    [Fact]
    public void AWideEndCounts() => Read(WithWideEnd(51, Central)).Count.ShouldBe(1);

    [Theory]
    [InlineData(-1L, (long)Central)]
    [InlineData(51L, -1L)]
    [InlineData(long.MinValue, long.MaxValue)]
    public void AWideEndWithNumbersThatNoFileHasIsNamed(long length, long offset) =>
        Error(WithWideEnd(length, offset)).ShouldBe($"the zip directory claims {length} bytes at {offset}, beyond its end record at 166.");

    private static byte[] WithWideEnd(long length, long offset)
    {
        byte[] zip = Archive();
        byte[] wide =
        [
            0x50, 0x4B, 6, 6, 44, 0, 0, 0, 0, 0, 0, 0, 45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. BitConverter.GetBytes(1L), .. BitConverter.GetBytes(1L),
            .. BitConverter.GetBytes(length), .. BitConverter.GetBytes(offset),
        ];
        wide.Length.ShouldBe(56);
        byte[] locator = [0x50, 0x4B, 6, 7, 0, 0, 0, 0, .. BitConverter.GetBytes(90L), 1, 0, 0, 0];
        byte[] end = [.. zip[^22..]];
        end.AsSpan(8, 12).Fill(0xFF);
        return [.. zip[..^22], .. wide, .. locator, .. end];
    }

    [Fact]
    public void BytesAreCheckedAgainstTheirChecksum()
    {
        byte[] zip = Archive();
        WithFile(zip, file => new ZipInflation(file).Read(ZipDirectory.Read(file).Entries["a.bin"])).ShouldBe(Four);
        zip[36] ^= 1;
        uint found = Crc([1, 3, 3, 4]);
        Should.Throw<MalformedTensorFileException>(() => WithFile(zip, file => new ZipInflation(file).Read(ZipDirectory.Read(file).Entries["a.bin"]))).Message
            .ShouldEndWith($": the zip entry 'a.bin' is damaged: its checksum is {found:x8}, expected {Crc(Four):x8}.");
    }

    [Fact]
    public void BytesThatAreNotDeflatedAreNamed()
    {
        byte[] zip = Archive();
        BinaryPrimitives.WriteUInt16LittleEndian(zip.AsSpan(Central + 10), 8);
        zip[35] = 0xFF; // No such kind of block.
        Should.Throw<MalformedTensorFileException>(() => WithFile(zip, file => new ZipInflation(file).Read(ZipDirectory.Read(file).Entries["a.bin"]))).Message
            .ShouldContain(": the zip entry 'a.bin' does not inflate: ");
    }

    [Fact]
    public void AllEntriesTogetherHaveOneBound() => WithFile(Archive(), file =>
    {
        ZipEntry half = new("half", true, 0, 0, ZipInflation.MinBudgetBytes / 2, 0);
        ZipInflation inflation = new(file);
        inflation.Promise(half);
        inflation.Promise(half);
        Should.Throw<TensorFileLimitException>(() => inflation.Promise(half with { Length = 1 })).Message.ShouldEndWith(
            ": the zip entry 'half' would bring the inflated bytes to 67108865; a file of 112 bytes may have 67108864.");
        return true;
    });

    [Fact]
    public void TheBoundGrowsWithTheFile()
    {
        using (FileStream holes = File.Create(_folder.File("large")))
        {
            holes.SetLength(10 << 20);
        }

        using MappedFile file = MappedFile.Open(_folder.File("large"));
        ZipEntry entry = new("e", true, 0, 0, 160 << 20, 0);
        new ZipInflation(file).Promise(entry);
        Should.Throw<TensorFileLimitException>(() => new ZipInflation(file).Promise(entry with { Length = (160 << 20) + 1 }));
    }

    [Fact]
    public void ADeflatedEntryIsReadInPartsWithoutAPlaceInTheFile()
    {
        byte[] content = [.. Enumerable.Range(0, 1000).Select(i => (byte)(i / 10))];
        using (ZipArchive archive = ZipFile.Open(_folder.File("deflated.zip"), ZipArchiveMode.Create))
        using (Stream stream = archive.CreateEntry("a", CompressionLevel.Optimal).Open())
        {
            stream.Write(content);
        }

        WithFile(File.ReadAllBytes(_folder.File("deflated.zip")), file =>
        {
            StoredBytes bytes = ZipEntryBytes.Of(file, ZipDirectory.Read(file).Entries["a"], new ZipInflation(file));
            (bytes.Length, bytes.FileOffset).ShouldBe((1000, (long?)null));
            bytes.Slice(100, 30).ToArray().ShouldBe(content[100..130]);
            return true;
        });
    }

    [Fact]
    public void AnArchiveOfNeitherKindIsNamed()
    {
        File.WriteAllBytes(_folder.File("a.zip"), Archive());
        Should.Throw<UnknownTensorFormatException>(() => WeightFile.Open(_folder.File("a.zip"))).Message
            .ShouldBe($"{_folder.File("a.zip")}: it is a zip archive, but neither PyTorch's (data.pkl) nor NumPy's (.npy entries).");
    }

    private static uint Crc(byte[] bytes) => System.IO.Hashing.Crc32.HashToUInt32(bytes);

    private static void Set(byte[] zip, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(at), value);

    private IReadOnlyDictionary<string, ZipEntry> Read(byte[] zip) => WithFile(zip, file => ZipDirectory.Read(file).Entries);

    private string Error(byte[] zip)
    {
        string message = Should.Throw<MalformedTensorFileException>(() => Read(zip)).Message;
        message.ShouldStartWith(_folder.File("a.zip") + ": ");
        return message[(_folder.File("a.zip").Length + 2)..];
    }

    private T WithFile<T>(byte[] zip, Func<MappedFile, T> use)
    {
        File.WriteAllBytes(_folder.File("a.zip"), zip);
        using MappedFile file = MappedFile.Open(_folder.File("a.zip"));
        return use(file);
    }

    /// <summary>One stored entry "a.bin" of four bytes; in the directory as often as asked for.</summary>
    private static byte[] Archive(byte[]? comment = null, byte[]? localExtra = null, byte[]? extra = null, byte[]? entryComment = null, int copies = 1)
    {
        byte[] name = Encoding.ASCII.GetBytes("a.bin");
        byte[] sizes = [.. BitConverter.GetBytes(Crc(Four)), .. BitConverter.GetBytes(4), .. BitConverter.GetBytes(4)];
        byte[] local =
        [
            0x50, 0x4B, 3, 4, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. sizes, 5, 0, (byte)(localExtra?.Length ?? 0), 0, .. name, .. localExtra ?? [], .. Four,
        ];
        byte[] central =
        [
            0x50, 0x4B, 1, 2, 20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. sizes, 5, 0, (byte)(extra?.Length ?? 0), 0, (byte)(entryComment?.Length ?? 0), 0,
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. name, .. extra ?? [], .. entryComment ?? [],
        ];
        byte[] directory = [.. Enumerable.Repeat(central, copies).SelectMany(entry => entry)];
        return
        [
            .. local, .. directory, 0x50, 0x4B, 5, 6, 0, 0, 0, 0, (byte)copies, 0, (byte)copies, 0, .. BitConverter.GetBytes(directory.Length),
            .. BitConverter.GetBytes(local.Length), .. BitConverter.GetBytes((ushort)(comment?.Length ?? 0)), .. comment ?? [],
        ];
    }
}
