using System.Buffers.Binary;
using System.Text;

namespace Evoke.Tensors.Zip;

/// <summary>The entries of a zip archive, with the positions of their bytes, so that stored ones can be read from the memory map.</summary>
/// <remarks>
/// Implemented here because archive libraries do not say where an entry's bytes are. Format: PKWARE's APPNOTE 6.3.10, sections 4.3 and 4.5.3 (zip64).
/// Encrypted, split and overlapping archives are refused.
/// </remarks>
internal sealed class ZipDirectory
{
    private const uint LocalSignature = 0x04034B50;
    private const uint CentralSignature = 0x02014B50;
    private const uint EndSignature = 0x06054B50;
    private const uint End64Signature = 0x06064B50;
    private const uint End64LocatorSignature = 0x07064B50;
    private const int LocalBytes = 30;
    private const int CentralBytes = 46;
    private const int EndBytes = 22;
    private const int End64Bytes = 56;
    private const int End64LocatorBytes = 20;
    private const int MaxCommentBytes = ushort.MaxValue;
    private const int StoredMethod = 0;
    private const int DeflatedMethod = 8;
    private const int EncryptedFlag = 1;

    // No deflate stream grows more than this, by the format's design (https://zlib.net/zlib_tech.html).
    private const long MaxDeflateRatio = 1032;
    private const long DeflateSlackBytes = 64;

    private readonly MappedFile _file;
    private readonly Dictionary<string, ZipEntry> _entries = new(StringComparer.Ordinal);

    private ZipDirectory(MappedFile file) => _file = file;

    public IReadOnlyDictionary<string, ZipEntry> Entries => _entries;

    public static ZipDirectory Read(MappedFile file)
    {
        ZipDirectory directory = new(file);
        (long offset, long length, long count) = directory.FindCentralDirectory();
        directory.ReadEntries(offset, length, count);
        return directory;
    }

    private (long Offset, long Length, long Count) FindCentralDirectory()
    {
        long end = FindEnd();
        ReadOnlySpan<byte> record = _file.Slice(end, EndBytes);
        long count = U16(record, 10);
        long length = U32(record, 12);
        long offset = U32(record, 16);
        if (end >= End64LocatorBytes && U32(_file.Slice(end - End64LocatorBytes, 4), 0) == End64LocatorSignature)
        {
            (offset, length, count) = ReadEnd64(end - End64LocatorBytes);
        }

        return offset >= 0 && length >= 0 && offset <= end && length <= end - offset
            ? (offset, length, count)
            : throw Malformed($"the zip directory claims {length} bytes at {offset}, beyond its end record at {end}");
    }

    private long FindEnd()
    {
        int tail = (int)Math.Min(_file.Length, EndBytes + MaxCommentBytes);
        ReadOnlySpan<byte> bytes = _file.Slice(_file.Length - tail, tail);
        for (int i = tail - EndBytes; i >= 0; i--)
        {
            if (U32(bytes, i) == EndSignature && U16(bytes, i + 20) == tail - EndBytes - i)
            {
                return _file.Length - tail + i;
            }
        }

        throw new TruncatedTensorFileException(_file.Path, "it starts as a zip archive, but the archive's directory at the end is missing.");
    }

    private (long Offset, long Length, long Count) ReadEnd64(long locator)
    {
        long offset = (long)U64(_file.Slice(locator, End64LocatorBytes), 8);
        if (offset < 0 || offset > locator - End64Bytes || U32(_file.Slice(offset, 4), 0) != End64Signature)
        {
            throw Malformed($"the zip64 end record should be at {offset}, but is not");
        }

        ReadOnlySpan<byte> record = _file.Slice(offset, End64Bytes);
        return ((long)U64(record, 48), (long)U64(record, 40), (long)U64(record, 32));
    }

    private void ReadEntries(long offset, long length, long count)
    {
        long end = offset + length;
        List<(long Start, long End)> ranges = [];
        for (long i = 0; i < count; i++)
        {
            if (end - offset < CentralBytes || U32(_file.Slice(offset, 4), 0) != CentralSignature)
            {
                throw Malformed($"the zip directory claims {count} entries; entry {i + 1} is not there");
            }

            ReadOnlySpan<byte> record = _file.Slice(offset, CentralBytes);
            int nameLength = U16(record, 28);
            int extraLength = U16(record, 30);
            long next = offset + CentralBytes + nameLength + extraLength + U16(record, 32);
            if (next > end)
            {
                throw Malformed($"entry {i + 1} of the zip directory goes beyond the directory's end");
            }

            string name = Encoding.UTF8.GetString(_file.Slice(offset + CentralBytes, nameLength));
            ReadOnlySpan<byte> extra = _file.Slice(offset + CentralBytes + nameLength, extraLength);
            ReadEntry(name, record, extra, ranges);
            offset = next;
        }

        ThrowIfOverlapping(ranges);
    }

    private void ReadEntry(string name, ReadOnlySpan<byte> record, ReadOnlySpan<byte> extra, List<(long Start, long End)> ranges)
    {
        int method = U16(record, 10);
        if ((U16(record, 8) & EncryptedFlag) != 0 || method is not (StoredMethod or DeflatedMethod))
        {
            throw Malformed($"the zip entry '{name}' is encrypted or of compression method {method}; expected stored or deflated");
        }

        long storedLength = U32(record, 20);
        long length = U32(record, 24);
        long local = U32(record, 42);
        ReadZip64(name, extra, ref length, ref storedLength, ref local);
        if (local < 0 || local > _file.Length - LocalBytes || U32(_file.Slice(local, 4), 0) != LocalSignature)
        {
            throw Malformed($"the zip entry '{name}' should start at byte {local}, but does not");
        }

        ReadOnlySpan<byte> header = _file.Slice(local, LocalBytes);
        long dataOffset = local + LocalBytes + U16(header, 26) + U16(header, 28);
        if (storedLength < 0 || dataOffset > _file.Length - storedLength)
        {
            throw Malformed($"the zip entry '{name}' claims {storedLength} bytes at {dataOffset}; the file has {_file.Length}");
        }

        bool deflated = method == DeflatedMethod;
        long most = deflated ? (Math.Min(storedLength, long.MaxValue / MaxDeflateRatio / 2) * MaxDeflateRatio) + DeflateSlackBytes : storedLength;
        if (length < 0 || length > most || (!deflated && length != storedLength))
        {
            throw Malformed($"the zip entry '{name}' claims {length} bytes from {storedLength}, which cannot be right");
        }

        if (!_entries.TryAdd(name, new ZipEntry(name, deflated, dataOffset, storedLength, length, U32(record, 16))))
        {
            throw Malformed($"the zip entry '{name}' appears twice");
        }

        ranges.Add((local, dataOffset + storedLength));
    }

    /// <summary>Replaces the values that do not fit in 32 bits by those of the zip64 extra field, which holds them in this order.</summary>
    private void ReadZip64(string name, ReadOnlySpan<byte> extra, ref long length, ref long storedLength, ref long local)
    {
        if (length != uint.MaxValue && storedLength != uint.MaxValue && local != uint.MaxValue)
        {
            return;
        }

        while (extra.Length >= 4)
        {
            int id = U16(extra, 0);
            int size = U16(extra, 2);
            if (size > extra.Length - 4)
            {
                break;
            }

            if (id == 1)
            {
                ReadOnlySpan<byte> values = extra.Slice(4, size);
                length = Replace(length, ref values);
                storedLength = Replace(storedLength, ref values);
                local = Replace(local, ref values);
                return;
            }

            extra = extra[(4 + size)..];
        }

        throw Malformed($"the zip entry '{name}' lacks its zip64 sizes");

        long Replace(long value, ref ReadOnlySpan<byte> values)
        {
            if (value != uint.MaxValue)
            {
                return value;
            }

            if (values.Length < 8)
            {
                throw Malformed($"the zip entry '{name}' lacks its zip64 sizes");
            }

            long wide = (long)U64(values, 0);
            values = values[8..];
            return wide;
        }
    }

    private void ThrowIfOverlapping(List<(long Start, long End)> ranges)
    {
        ranges.Sort();
        for (int i = 1; i < ranges.Count; i++)
        {
            if (ranges[i].Start < ranges[i - 1].End)
            {
                throw Malformed($"two zip entries overlap at byte {ranges[i].Start}");
            }
        }
    }

    private MalformedTensorFileException Malformed(string problem) => new(_file.Path, $"{problem}.");

    private static ushort U16(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[offset..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);

    private static ulong U64(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[offset..]);
}
