using System.IO.Compression;
using System.IO.Hashing;
using Evoke.Files;

namespace Evoke.Tensors.Zip;

/// <summary>Inflates entries of one archive within a bound for all of them together, so that a small file cannot fill the memory.</summary>
internal sealed class ZipInflation(MappedFile file)
{
    /// <summary>The size that any archive may inflate to.</summary>
    public const long MinBudgetBytes = 64 << 20;

    /// <summary>The size that it may inflate to as a multiple of its own size: trained weights hardly compress, zeros compress a thousandfold.</summary>
    public const long BudgetRatio = 16;

    private readonly long _budget = Math.Max(MinBudgetBytes, Math.Min(file.Length, long.MaxValue / BudgetRatio) * BudgetRatio);
    private long _promised;

    /// <summary>Counts an entry that will be held in memory.</summary>
    /// <exception cref="TensorFileLimitException">All entries together would exceed the bound.</exception>
    public void Promise(ZipEntry entry)
    {
        _promised += entry.Length;
        if (_promised > _budget || entry.Length > Array.MaxLength)
        {
            throw new TensorFileLimitException(
                file.Path, $"the zip entry '{entry.Name}' would bring the inflated bytes to {_promised}; a file of {file.Length} bytes may have {_budget}.");
        }
    }

    /// <summary>The bytes of an entry, stored or deflated, copied out and checked against their checksum.</summary>
    /// <exception cref="MalformedTensorFileException">They do not inflate to the stated length with the stated checksum.</exception>
    public byte[] Read(ZipEntry entry)
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>(checked((int)entry.Length));
        if (entry.IsDeflated)
        {
            Inflate(entry, bytes);
        }
        else
        {
            file.Slice(entry.DataOffset, bytes.Length).CopyTo(bytes);
        }

        uint crc = Crc32.HashToUInt32(bytes);
        return crc == entry.Crc32
            ? bytes
            : throw new MalformedTensorFileException(
                file.Path, $"the zip entry '{entry.Name}' is damaged: its checksum is {crc:x8}, expected {entry.Crc32:x8}.");
    }

    private void Inflate(ZipEntry entry, byte[] bytes)
    {
        using Stream stored = file.OpenStream(entry.DataOffset, entry.StoredLength);
        using DeflateStream inflated = new(stored, CompressionMode.Decompress);
        try
        {
            int read = inflated.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (read != bytes.Length || inflated.ReadByte() >= 0)
            {
                throw new MalformedTensorFileException(
                    file.Path, $"the zip entry '{entry.Name}' does not inflate to the {entry.Length} bytes that its directory entry states.");
            }
        }
        catch (InvalidDataException e)
        {
            throw new MalformedTensorFileException(file.Path, $"the zip entry '{entry.Name}' does not inflate: {PlainMessage.Of(e)}", e);
        }
    }
}
