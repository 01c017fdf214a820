using Evoke.Tensors.Numpy;
using Evoke.Tensors.Pth;
using Evoke.Tensors.SafeTensors;
using Evoke.Tensors.Zip;

namespace Evoke.Tensors.AnyFormat;

/// <summary>Opens weight files of any supported format; the format is recognised by the content, not by the name.</summary>
/// <remarks>
/// safetensors; PyTorch's .pth (zip archives, and the sequence of pickles before PyTorch 1.6); NumPy's .npz and .npy. Code in a file is never run.
/// Thread-safe: without state.
/// </remarks>
public static class WeightFile
{
    private const int StartBytes = 512;

    private static ReadOnlySpan<byte> ZipMagic => "PK\u0003\u0004"u8;

    /// <summary>Opens a file and checks its structure; tensors are read on demand.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How files of other programs are read; null for <see cref="WeightFileOptions.Default"/>.</param>
    /// <exception cref="TensorFileException">
    /// The file cannot be read, is of no known format, is truncated, damaged, or names forbidden code; the derived type says which.
    /// </exception>
    public static TensorFile Open(string path, WeightFileOptions? options = null)
    {
        MappedFile file = MappedFile.Open(path);
        try
        {
            return Open(file, options ?? WeightFileOptions.Default);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static TensorFile Open(MappedFile file, WeightFileOptions options)
    {
        ReadOnlySpan<byte> start = file.Slice(0, (int)Math.Min(file.Length, StartBytes));
        if (start.StartsWith(ZipMagic))
        {
            return OpenZip(file, options);
        }

        if (TorchLegacyReader.Recognizes(start))
        {
            return TorchLegacyReader.Open(file, options);
        }

        if (start.StartsWith(NumpyHeader.Magic))
        {
            return NumpyReader.OpenArray(file);
        }

        return LooksLikeSafeTensors(start) ? SafeTensorsFile.Open(file) : throw Unknown(file.Path, start);
    }

    private static StridedTensorFile OpenZip(MappedFile file, WeightFileOptions options)
    {
        ZipDirectory zip = ZipDirectory.Read(file);
        if (TorchZipReader.FindPickle(zip) is { } pickle)
        {
            return TorchZipReader.Open(file, zip, pickle, options);
        }

        return NumpyReader.Recognizes(zip)
            ? NumpyReader.OpenArchive(file, zip)
            : throw new UnknownTensorFormatException(file.Path, "it is a zip archive, but neither PyTorch's (data.pkl) nor NumPy's (.npy entries).");
    }

    // Eight bytes of length, then the brace of the JSON header.
    private static bool LooksLikeSafeTensors(ReadOnlySpan<byte> start) => start.Length > SafeTensorsHeader.PrefixBytes
        && start[SafeTensorsHeader.PrefixBytes] == (byte)'{';

    private static UnknownTensorFormatException Unknown(string path, ReadOnlySpan<byte> start)
    {
        string what = start switch
        {
            [] => "it is empty",
            [0x89, (byte)'H', (byte)'D', (byte)'F', ..] => "it is an HDF5 file",
            [0x80, >= 2 and <= 5, ..] => "it is a bare pickle, which can run code when it is opened by Python and is not read here",
            [(byte)'<', ..] => "it is a web page, not a weight file: the download went wrong",
            _ when start.StartsWith("version https://git-lfs"u8) => "it is a pointer of Git LFS, not the file it points to",
            _ when start.Length > 262 && start[257..].StartsWith("ustar"u8) => "it is a tar archive; weights saved by PyTorch before 0.2 must be saved again",
            _ => $"it starts with {Convert.ToHexString(start[..Math.Min(8, start.Length)])}",
        };
        return new UnknownTensorFormatException(path, $"{what}; expected safetensors, PyTorch's .pth, or NumPy's .npz or .npy.");
    }
}
