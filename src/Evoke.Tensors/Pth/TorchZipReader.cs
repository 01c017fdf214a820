using Evoke.Tensors.Pickle;
using Evoke.Tensors.Zip;

namespace Evoke.Tensors.Pth;

/// <summary>Opens what <c>torch.save</c> writes since PyTorch 1.6: NAME/data.pkl and, for each storage, NAME/data/KEY.</summary>
internal static class TorchZipReader
{
    private const string PickleName = "data.pkl";
    private const int MaxPickleBytes = 64 << 20;

    /// <summary>The entry of the pickle; null if this is not PyTorch's archive.</summary>
    public static ZipEntry? FindPickle(ZipDirectory zip) =>
        zip.Entries.Values.Where(e => e.Name == PickleName || e.Name.EndsWith("/" + PickleName, StringComparison.Ordinal)).MinBy(e => e.Name.Length);

    public static StridedTensorFile Open(MappedFile file, ZipDirectory zip, ZipEntry pickle, WeightFileOptions options)
    {
        string folder = pickle.Name[..^PickleName.Length];
        ZipInflation inflation = new(file);
        ThrowIfBigEndian(file, zip, folder, inflation);
        if (pickle.Length > MaxPickleBytes)
        {
            throw new TensorFileLimitException(file.Path, $"its pickle has {pickle.Length} bytes; at most {MaxPickleBytes} are read.");
        }

        inflation.Promise(pickle);
        object? root = PickleReader.Read(inflation.Read(pickle), file.Path, options.UnknownClasses == UnknownClasses.Inert).Root;
        Checkpoint checkpoint = Checkpoint.Find(file.Path, root, options);
        Dictionary<string, StoredBytes> storages = new(StringComparer.Ordinal);
        IEnumerable<StridedTensor> tensors = checkpoint.Tensors.Select(pair =>
        {
            PickleStorage storage = pair.Value.Storage;
            if (storage.Inline is { } inline)
            {
                return View(file.Path, pair.Key, pair.Value, StoredBytes.InMemory(inline));
            }

            if (!storages.TryGetValue(storage.Key, out StoredBytes? bytes))
            {
                bytes = Storage(file, zip, $"{folder}data/{storage.Key}", inflation);
                storages.Add(storage.Key, bytes);
            }

            return View(file.Path, pair.Key, pair.Value, bytes);
        });
        return new StridedTensorFile(file, TensorFileFormat.TorchZip, checkpoint.Metadata, tensors);
    }

    /// <summary>A tensor over its storage, whose length must match the stated one.</summary>
    public static StridedTensor View(string path, string name, PickleTensor tensor, StoredBytes bytes)
    {
        PickleStorage storage = tensor.Storage;
        if (bytes.Length != (Int128)storage.Count * storage.DType.Size())
        {
            throw new MalformedTensorFileException(
                path,
                $"the storage '{storage.Key}' of the tensor '{name}' should have {storage.Count} elements of {storage.DType.SafeTensorsName()}; "
                + $"it has {bytes.Length} bytes.");
        }

        Int128 offset = (Int128)storage.ViewOffset + tensor.Offset;
        return tensor.Offset >= 0 && offset <= storage.ViewOffset + storage.ViewCount
            ? new StridedTensor(name, storage.DType, tensor.Shape, tensor.Strides, (long)offset, bytes)
            : throw new MalformedTensorFileException(path, $"the tensor '{name}' starts at element {tensor.Offset} of a storage of {storage.ViewCount}.");
    }

    private static StoredBytes Storage(MappedFile file, ZipDirectory zip, string name, ZipInflation inflation) =>
        zip.Entries.TryGetValue(name, out ZipEntry? entry)
            ? ZipEntryBytes.Of(file, entry, inflation)
            : throw new MalformedTensorFileException(file.Path, $"the storage '{name}' is not in the archive.");

    private static void ThrowIfBigEndian(MappedFile file, ZipDirectory zip, string folder, ZipInflation inflation)
    {
        const int LongestName = 16;
        if (zip.Entries.TryGetValue($"{folder}byteorder", out ZipEntry? entry)
            && (entry.Length > LongestName || !inflation.Read(entry).AsSpan().SequenceEqual("little"u8)))
        {
            throw new MalformedTensorFileException(file.Path, "its numbers are not little-endian.");
        }
    }
}
