using Evoke.Tensors.Zip;

namespace Evoke.Tensors.Numpy;

/// <summary>Opens NumPy's files: one array (.npy) or a zip archive of them (.npz, stored or compressed).</summary>
internal static class NumpyReader
{
    private const string Extension = ".npy";

    /// <summary>True if every entry is an array.</summary>
    public static bool Recognizes(ZipDirectory zip) =>
        zip.Entries.Count > 0 && zip.Entries.Keys.All(name => name.EndsWith(Extension, StringComparison.Ordinal));

    public static StridedTensorFile OpenArchive(MappedFile file, ZipDirectory zip)
    {
        ZipInflation inflation = new(file);
        return new StridedTensorFile(file, TensorFileFormat.NumpyZip, null, zip.Entries.Values.Select(
            entry => NumpyHeader.Read(file.Path, entry.Name[..^Extension.Length], ZipEntryBytes.Of(file, entry, inflation))));
    }

    /// <summary>One array; it has no name of its own, so it gets the file's.</summary>
    public static StridedTensorFile OpenArray(MappedFile file) =>
        new(file, TensorFileFormat.NumpyArray, null,
            [NumpyHeader.Read(file.Path, Path.GetFileNameWithoutExtension(file.Path), StoredBytes.Mapped(file, 0, file.Length))]);
}
