namespace Evoke.Tensors.Zip;

/// <summary>The bytes of a zip entry that is deflated: inflated on first use.</summary>
internal sealed class ZipEntryBytes : StoredBytes
{
    private readonly ZipEntry _entry;
    private readonly Lazy<byte[]> _bytes;

    private ZipEntryBytes(ZipEntry entry, ZipInflation inflation)
    {
        _entry = entry;
        _bytes = new Lazy<byte[]>(() => inflation.Read(entry));
    }

    public override long Length => _entry.Length;

    public override long? FileOffset => null;

    /// <summary>The bytes of a zip entry: mapped if it is stored, inflated on first use if it is deflated.</summary>
    public static StoredBytes Of(MappedFile file, ZipEntry entry, ZipInflation inflation)
    {
        if (!entry.IsDeflated)
        {
            return Mapped(file, entry.DataOffset, entry.Length);
        }

        inflation.Promise(entry);
        return new ZipEntryBytes(entry, inflation);
    }

    public override ReadOnlySpan<byte> Slice(long offset, int length) => _bytes.Value.AsSpan(checked((int)offset), length);
}
