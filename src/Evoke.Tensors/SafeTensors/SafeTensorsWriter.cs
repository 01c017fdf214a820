using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using Evoke.Files;

namespace Evoke.Tensors.SafeTensors;

/// <summary>Writes safetensors files: the same tensors give the same bytes, in whatever order they are given.</summary>
/// <remarks>
/// Tensors lie in order of element size, largest first, then of name, so that each is aligned to its element size, as the reference does;
/// the header is padded with spaces so that the data starts at a multiple of 8. Thread-safe; of several writers of one file the last one wins.
/// </remarks>
public static class SafeTensorsWriter
{
    /// <summary>Writes a file atomically; an existing one is replaced.</summary>
    /// <param name="path">Where the file goes; its folder is created if it is missing.</param>
    /// <param name="metadata">Text to store with the tensors.</param>
    /// <param name="tensors">The tensors, each with a unique name; "__metadata__" is reserved by the format.</param>
    /// <exception cref="ArgumentException">A name is repeated or "__metadata__".</exception>
    /// <exception cref="InvalidOperationException">A streamed tensor wrote another number of bytes than its shape needs.</exception>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<KeyValuePair<string, string>> metadata, IEnumerable<TensorSource> tensors)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(metadata);
        ArgumentNullException.ThrowIfNull(tensors);
        TensorSource[] ordered = [.. tensors.OrderByDescending(t => t.DType.Size()).ThenBy(t => t.Name, StringComparer.Ordinal)];
        ThrowIfNamesClash(ordered);
        byte[] header = Header(metadata, ordered);
        AtomicFile.Write(path, stream =>
        {
            stream.Write(header);
            foreach (TensorSource tensor in ordered)
            {
                WriteTensor(stream, tensor);
            }
        });
    }

    private static void ThrowIfNamesClash(TensorSource[] tensors)
    {
        HashSet<string> seen = new(StringComparer.Ordinal) { "__metadata__" };
        foreach (TensorSource tensor in tensors)
        {
            if (!seen.Add(tensor.Name))
            {
                throw new ArgumentException($"The tensor name '{tensor.Name}' is taken.", nameof(tensors));
            }
        }
    }

    private static void WriteTensor(Stream stream, TensorSource tensor)
    {
        long start = stream.Position;
        tensor.WriteTo(stream);
        long written = stream.Position - start;
        if (written != tensor.ByteLength)
        {
            throw new InvalidOperationException($"The tensor '{tensor.Name}' needs {tensor.ByteLength} bytes; {written} were written.");
        }
    }

    /// <summary>Length, JSON and padding.</summary>
    private static byte[] Header(IEnumerable<KeyValuePair<string, string>> metadata, TensorSource[] tensors)
    {
        ArrayBufferWriter<byte> buffer = new();
        buffer.GetSpan(SafeTensorsHeader.PrefixBytes)[..SafeTensorsHeader.PrefixBytes].Clear();
        buffer.Advance(SafeTensorsHeader.PrefixBytes);
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            long offset = 0;
            foreach (TensorSource tensor in tensors)
            {
                WriteEntry(json, tensor, offset);
                offset = checked(offset + tensor.ByteLength);
            }

            json.WriteEndObject();
        }

        int padded = (buffer.WrittenCount + 7) & ~7;
        byte[] header = new byte[padded];
        header.AsSpan().Fill((byte)' ');
        buffer.WrittenSpan.CopyTo(header);
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)(padded - SafeTensorsHeader.PrefixBytes));
        return header;
    }

    private static void WriteMetadata(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        KeyValuePair<string, string>[] ordered = [.. metadata.OrderBy(m => m.Key, StringComparer.Ordinal)];
        if (ordered.Length == 0)
        {
            return;
        }

        json.WriteStartObject("__metadata__");
        foreach ((string key, string value) in ordered)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, TensorSource tensor, long offset)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", tensor.DType.SafeTensorsName());
        json.WriteStartArray("shape");
        foreach (long dimension in tensor.Shape)
        {
            json.WriteNumberValue(dimension);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(offset + tensor.ByteLength);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
