using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Evoke.Tensors.Numpy;

/// <summary>The header of a NumPy array file: magic, version, and a Python dictionary in text.</summary>
/// <remarks>https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html. Arrays of objects (pickles) and of records are refused.</remarks>
internal static partial class NumpyHeader
{
    // NumPy's own bound (max_header_size) is 10,000 characters.
    private const int MaxHeaderBytes = 10_000;
    private const int VersionBytes = 8;

    /// <summary>The first bytes of every such file.</summary>
    public static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>The array in <paramref name="bytes"/>.</summary>
    /// <param name="path">The file, for errors.</param>
    /// <param name="name">The array's name.</param>
    /// <param name="bytes">A whole .npy file, mapped or inflated.</param>
    public static StridedTensor Read(string path, string name, StoredBytes bytes)
    {
        (int start, int headerLength) = HeaderRange(path, name, bytes);
        string text = Encoding.UTF8.GetString(bytes.Slice(start, headerLength));
        Match match = Dictionary().Match(text);
        if (!match.Success)
        {
            throw new MalformedTensorFileException(path, $"the header of the array '{name}' is not that of a plain array of numbers: {text.Trim()}");
        }

        DType type = TypeOf(path, name, match.Groups["descr"].Value);
        long[] shape = ShapeOf(path, name, match.Groups["shape"].Value);
        if (!TensorSize.TryGetByteLength(type, shape, out long byteLength))
        {
            throw new MalformedTensorFileException(path, $"the array '{name}' has the shape [{string.Join(", ", shape)}], which is not valid.");
        }

        StoredBytes data = bytes.From(start + headerLength);
        return data.Length == byteLength
            ? new StridedTensor(name, type, shape, TensorSize.Strides(shape, match.Groups["fortran"].Value == "True"), 0, data)
            : data.Length < byteLength
            ? throw new TruncatedTensorFileException(path, $"the array '{name}' needs {byteLength} bytes; found {data.Length}.")
            : throw new MalformedTensorFileException(path, $"the array '{name}' needs {byteLength} bytes; found {data.Length}.");
    }

    private static (int Start, int Length) HeaderRange(string path, string name, StoredBytes bytes)
    {
        if (bytes.Length < VersionBytes + sizeof(uint))
        {
            throw new TruncatedTensorFileException(path, $"the array '{name}' has {bytes.Length} bytes, fewer than its header.");
        }

        ReadOnlySpan<byte> prefix = bytes.Slice(0, VersionBytes + sizeof(uint));
        if (!prefix.StartsWith(Magic) || prefix[6] is 0 or > 3)
        {
            throw new MalformedTensorFileException(path, $"the array '{name}' does not start as a NumPy array of version 1 to 3.");
        }

        bool shortLength = prefix[6] == 1;
        uint length = shortLength ? BinaryPrimitives.ReadUInt16LittleEndian(prefix[VersionBytes..])
            : BinaryPrimitives.ReadUInt32LittleEndian(prefix[VersionBytes..]);
        int start = VersionBytes + (shortLength ? sizeof(ushort) : sizeof(uint));
        if (length > MaxHeaderBytes)
        {
            throw new MalformedTensorFileException(path, $"the header of the array '{name}' claims {length} bytes; expected at most {MaxHeaderBytes}.");
        }

        return length <= bytes.Length - start
            ? (start, (int)length)
            : throw new TruncatedTensorFileException(path, $"the header of the array '{name}' claims {length} bytes; found {bytes.Length - start}.");
    }

    private static DType TypeOf(string path, string name, string descr) => descr switch
    {
        "<f8" => DType.F64,
        "<f4" => DType.F32,
        "<f2" => DType.F16,
        "<i8" => DType.I64,
        "<i4" => DType.I32,
        "<i2" => DType.I16,
        "|i1" => DType.I8,
        "|u1" => DType.U8,
        "|b1" => DType.Bool,
        _ => throw new UnsupportedDTypeException(path, $"the array '{name}' is of type '{descr}', which is not supported."),
    };

    private static long[] ShapeOf(string path, string name, string text)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        long[] shape = new long[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!long.TryParse(parts[i].TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out shape[i]))
            {
                throw new MalformedTensorFileException(path, $"the array '{name}' has the shape ({text}), which is not valid.");
            }
        }

        return shape;
    }

    // NumPy's writer sorts the keys; its reader accepts any order, but every known writer sorts them.
    [GeneratedRegex(
        """^\s*\{\s*'descr'\s*:\s*'(?<descr>[^']*)'\s*,\s*'fortran_order'\s*:\s*(?<fortran>True|False)\s*,\s*"""
        + """'shape'\s*:\s*\((?<shape>[0-9L,\s]*)\)\s*,?\s*\}\s*$""",
        RegexOptions.NonBacktracking)]
    private static partial Regex Dictionary();
}
