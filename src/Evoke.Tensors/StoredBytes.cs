namespace Evoke.Tensors;

/// <summary>A block of bytes that holds one or more tensors: a range of the mapped file, or an inflated zip entry.</summary>
internal abstract class StoredBytes
{
    /// <summary>How many bytes there are.</summary>
    public abstract long Length { get; }

    /// <summary>Where they start in the file; null if they are not stored in it as they are.</summary>
    public abstract long? FileOffset { get; }

    public abstract ReadOnlySpan<byte> Slice(long offset, int length);

    /// <summary>All but the first <paramref name="offset"/> bytes.</summary>
    public StoredBytes From(long offset) => new Tail(this, offset);

    /// <summary>Bytes that lie in the file as they are.</summary>
    public static StoredBytes Mapped(MappedFile file, long offset, long length) => new MappedRange(file, offset, length);

    /// <summary>Bytes that are in memory already.</summary>
    public static StoredBytes InMemory(byte[] bytes) => new Array(bytes);

    private sealed class MappedRange(MappedFile file, long start, long length) : StoredBytes
    {
        public override long Length => length;

        public override long? FileOffset => start;

        public override ReadOnlySpan<byte> Slice(long offset, int count) => file.Slice(start + offset, count);
    }

    private sealed class Array(byte[] bytes) : StoredBytes
    {
        public override long Length => bytes.Length;

        public override long? FileOffset => null;

        public override ReadOnlySpan<byte> Slice(long offset, int count) => bytes.AsSpan(checked((int)offset), count);
    }

    private sealed class Tail(StoredBytes whole, long start) : StoredBytes
    {
        public override long Length => whole.Length - start;

        public override long? FileOffset => whole.FileOffset + start;

        public override ReadOnlySpan<byte> Slice(long offset, int count) => whole.Slice(start + offset, count);
    }
}
