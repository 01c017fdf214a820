using System.Buffers.Binary;
using Evoke.Tensors.Pickle;

namespace Evoke.Tensors.Pth;

/// <summary>
/// Opens what <c>torch.save</c> wrote before PyTorch 1.6: pickles of a magic number, a version, facts about the machine, the object and the list of
/// its storages, then each storage as its count (8 bytes) and its elements. torchvision's, torchvggish's and Cadene's files are of this kind.
/// </summary>
internal static class TorchLegacyReader
{
    private const int ProtocolVersion = 1001;
    private const int MaxPickleBytes = 64 << 20;
    private const int CountBytes = sizeof(long);

    // The first pickle: protocol 2, LONG1 of ten bytes, 0x1950A86A20F9469CFC6C, stop.
    private static ReadOnlySpan<byte> Magic => [0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, (byte)'.'];

    /// <summary>True if the bytes are the start of such a file, even a truncated one.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> start) => start.StartsWith(Magic);

    public static StridedTensorFile Open(MappedFile file, WeightFileOptions options)
    {
        bool acceptUnknown = options.UnknownClasses == UnknownClasses.Inert;
        long at = Magic.Length;
        if (Next(file, ref at, acceptUnknown).Root is not (long)ProtocolVersion)
        {
            throw new MalformedTensorFileException(file.Path, $"its protocol version is not {ProtocolVersion}.");
        }

        if (Next(file, ref at, acceptUnknown).Root is not PickleDictionary machine || (machine.TryGet("little_endian", out object? little) && little is false))
        {
            throw new MalformedTensorFileException(file.Path, "its numbers are not marked as little-endian.");
        }

        PickleContent content = Next(file, ref at, acceptUnknown);
        object? keys = Next(file, ref at, acceptUnknown).Root;
        Checkpoint checkpoint = Checkpoint.Find(file.Path, content.Root, options);
        Dictionary<string, StoredBytes> storages = FindStorages(file, at, keys, content.Storages);
        return new StridedTensorFile(file, TensorFileFormat.TorchLegacy, checkpoint.Metadata, checkpoint.Tensors.Select(pair =>
            TorchZipReader.View(file.Path, pair.Key, pair.Value, BytesOf(file.Path, pair.Key, pair.Value.Storage, storages))));
    }

    private static StoredBytes BytesOf(string path, string name, PickleStorage storage, Dictionary<string, StoredBytes> storages)
    {
        if (storage.Inline is { } inline)
        {
            return StoredBytes.InMemory(inline);
        }

        return storages.TryGetValue(storage.Key, out StoredBytes? bytes)
            ? bytes
            : throw new MalformedTensorFileException(path, $"the storage '{storage.Key}' of the tensor '{name}' is not in the file.");
    }

    private static PickleContent Next(MappedFile file, ref long at, bool acceptUnknown)
    {
        ReadOnlySpan<byte> rest = file.Slice(at, (int)Math.Min(file.Length - at, MaxPickleBytes));
        PickleContent content = PickleReader.Read(rest, file.Path, acceptUnknown);
        at += content.Length;
        return content;
    }

    /// <summary>Walks over the storages. Their element sizes are known from the object: a count alone does not say how many bytes follow.</summary>
    private static Dictionary<string, StoredBytes> FindStorages(MappedFile file, long at, object? keys, IReadOnlyDictionary<string, PickleStorage> announced)
    {
        Dictionary<string, StoredBytes> storages = new(StringComparer.Ordinal);
        if (keys is not PickleList list)
        {
            throw new MalformedTensorFileException(file.Path, "it has no list of storages.");
        }

        foreach (object? item in list.Items)
        {
            if (item is not string key || !announced.TryGetValue(key, out PickleStorage? storage))
            {
                throw new MalformedTensorFileException(
                    file.Path, $"it lists a storage that nothing refers to: {item as string ?? PickleConstruction.Describe(item)}.");
            }

            if (file.Length - at < CountBytes)
            {
                throw new TruncatedTensorFileException(file.Path, $"it ends before the storage '{key}'.");
            }

            long count = BinaryPrimitives.ReadInt64LittleEndian(file.Slice(at, CountBytes));
            at += CountBytes;
            if (count != storage.Count)
            {
                throw new MalformedTensorFileException(file.Path, $"the storage '{key}' has {count} elements; expected {storage.Count}.");
            }

            Int128 length = (Int128)count * storage.DType.Size();
            if (length > file.Length - at)
            {
                throw new TruncatedTensorFileException(file.Path, $"the storage '{key}' has {length} bytes; {file.Length - at} are left.");
            }

            if (!storages.TryAdd(key, StoredBytes.Mapped(file, at, (long)length)))
            {
                throw new MalformedTensorFileException(file.Path, $"the storage '{key}' appears twice.");
            }

            at += (long)length;
        }

        return storages;
    }
}
