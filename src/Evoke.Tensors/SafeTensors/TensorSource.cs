using System.Runtime.InteropServices;

namespace Evoke.Tensors.SafeTensors;

/// <summary>A tensor to be written to a file: its type and shape, and how to write its bytes.</summary>
/// <remarks>Immutable, and thread-safe as long as nobody writes to its arrays.</remarks>
public sealed class TensorSource
{
    private const int BlockElements = 1 << 16;
    private readonly Action<Stream> _write;

    private TensorSource(string name, DType type, long[] shape, long byteLength, Action<Stream> write)
    {
        (Name, DType, Shape, ByteLength, _write) = (name, type, shape, byteLength, write);
    }

    /// <summary>Its name, unique in the file.</summary>
    public string Name { get; }

    /// <summary>The type of its elements in the file.</summary>
    public DType DType { get; }

    /// <summary>Its dimensions; empty for a scalar.</summary>
    public long[] Shape { get; }

    /// <summary>How many bytes its elements take.</summary>
    public long ByteLength { get; }

    /// <summary>A tensor of 32-bit floats.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Its dimensions.</param>
    /// <param name="values">Row-major elements; not copied, so do not change them until the file is written.</param>
    /// <param name="storeAs">
    /// How they are stored: <see cref="DType.F32"/>, <see cref="DType.F16"/>, <see cref="DType.BF16"/> (both rounded to the nearest) or
    /// <see cref="DType.F64"/>.
    /// </param>
    /// <exception cref="ArgumentException">The shape does not fit the number of values, or <paramref name="storeAs"/> is another type.</exception>
    public static TensorSource FromFloats(string name, long[] shape, ReadOnlyMemory<float> values, DType storeAs = DType.F32)
    {
        Action<Stream> write = storeAs switch
        {
            DType.F32 => stream => stream.Write(MemoryMarshal.AsBytes(values.Span)),
            DType.F16 => stream => WriteConverted<Half>(stream, values, System.Numerics.Tensors.TensorPrimitives.ConvertToHalf),
            DType.BF16 => stream => WriteConverted<ushort>(stream, values, ElementConversion.ToBFloat16),
            DType.F64 => stream => WriteConverted<double>(stream, values, System.Numerics.Tensors.TensorPrimitives.ConvertTruncating),
            _ => throw new ArgumentException($"Floats are stored as a floating-point type, not as {storeAs}.", nameof(storeAs)),
        };
        return Checked(name, storeAs, shape, (long)values.Length * storeAs.Size(), write);
    }

    /// <summary>A tensor of 64-bit integers.</summary>
    /// <exception cref="ArgumentException">The shape does not fit the number of values.</exception>
    public static TensorSource FromIntegers(string name, long[] shape, ReadOnlyMemory<long> values) =>
        Checked(name, DType.I64, shape, (long)values.Length * sizeof(long), stream => stream.Write(MemoryMarshal.AsBytes(values.Span)));

    /// <summary>A tensor of 64-bit floats.</summary>
    /// <exception cref="ArgumentException">The shape does not fit the number of values.</exception>
    public static TensorSource FromDoubles(string name, long[] shape, ReadOnlyMemory<double> values) =>
        Checked(name, DType.F64, shape, (long)values.Length * sizeof(double), stream => stream.Write(MemoryMarshal.AsBytes(values.Span)));

    /// <summary>A tensor given by its little-endian bytes.</summary>
    /// <exception cref="ArgumentException">The shape does not fit the number of bytes.</exception>
    public static TensorSource FromBytes(string name, DType type, long[] shape, ReadOnlyMemory<byte> bytes) =>
        Checked(name, type, shape, bytes.Length, stream => stream.Write(bytes.Span));

    /// <summary>A tensor of any size whose bytes are produced while the file is written.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">The type of its elements.</param>
    /// <param name="shape">Its dimensions.</param>
    /// <param name="write">Writes exactly the row-major, little-endian bytes that type and shape need.</param>
    /// <exception cref="ArgumentException">The shape is not valid.</exception>
    public static TensorSource FromStream(string name, DType type, long[] shape, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        return TensorSize.TryGetByteLength(type, shape, out long needed)
            ? new TensorSource(name, type, shape, needed, write)
            : throw new ArgumentException($"[{string.Join(", ", shape)}] is not a shape.", nameof(shape));
    }

    internal void WriteTo(Stream stream) => _write(stream);

    private static TensorSource Checked(string name, DType type, long[] shape, long byteLength, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(shape);
        TensorSource source = FromStream(name, type, shape, write);
        return source.ByteLength == byteLength
            ? source
            : throw new ArgumentException(
                $"The tensor '{name}' {type.SafeTensorsName()} [{string.Join(", ", shape)}] needs {source.ByteLength} bytes; found {byteLength}.",
                nameof(shape));
    }

    private static void WriteConverted<T>(Stream stream, ReadOnlyMemory<float> values, Converter<T> convert)
        where T : unmanaged
    {
        T[] block = new T[Math.Min(BlockElements, values.Length)];
        for (int done = 0; done < values.Length; done += BlockElements)
        {
            int count = Math.Min(BlockElements, values.Length - done);
            convert(values.Span.Slice(done, count), block);
            stream.Write(MemoryMarshal.AsBytes(block.AsSpan(0, count)));
        }
    }

    private delegate void Converter<T>(ReadOnlySpan<float> values, Span<T> converted);
}
