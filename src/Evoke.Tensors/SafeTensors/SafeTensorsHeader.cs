using System.Collections.Frozen;
using System.Text.Json;
using Evoke.Files;

namespace Evoke.Tensors.SafeTensors;

/// <summary>The JSON header of a safetensors file, checked against the length of the file.</summary>
/// <remarks>
/// Format: https://huggingface.co/docs/safetensors (8 bytes little-endian header length, JSON, data). As the reference does, it refuses gaps, overlaps
/// and duplicate names.
/// </remarks>
internal sealed class SafeTensorsHeader
{
    /// <summary>The reference's bound on the header.</summary>
    public const int MaxBytes = 100_000_000;

    /// <summary>Bytes of the length in front of the header.</summary>
    public const int PrefixBytes = 8;

    private const string MetadataKey = "__metadata__";
    private readonly string _path;
    private readonly long _dataStart;
    private readonly long _dataLength;
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorInfo> _tensors = new(StringComparer.Ordinal);

    private SafeTensorsHeader(string path, long dataStart, long fileLength)
    {
        _path = path;
        _dataStart = dataStart;
        _dataLength = fileLength - dataStart;
    }

    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    public IReadOnlyDictionary<string, TensorInfo> Tensors { get; private set; } = FrozenDictionary<string, TensorInfo>.Empty;

    public static SafeTensorsHeader Read(MappedFile file)
    {
        if (file.Length < PrefixBytes)
        {
            throw new TruncatedTensorFileException(file.Path, $"a safetensors file starts with a header length of 8 bytes; the file has {file.Length}.");
        }

        ulong length = BitConverter.ToUInt64(file.Slice(0, PrefixBytes));
        if (length > MaxBytes)
        {
            throw new MalformedTensorFileException(file.Path, $"a safetensors header has at most {MaxBytes} bytes; this one claims {length}.");
        }

        if ((long)length > file.Length - PrefixBytes)
        {
            throw new TruncatedTensorFileException(file.Path, $"the header claims {length} bytes; {file.Length - PrefixBytes} follow.");
        }

        SafeTensorsHeader header = new(file.Path, PrefixBytes + (long)length, file.Length);
        header.Parse(file.Slice(PrefixBytes, (int)length));
        header.CheckLayout();
        header.Tensors = header._tensors;
        return header;
    }

    private void Parse(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty || json[0] != (byte)'{')
        {
            throw Malformed("the header is not a JSON object");
        }

        // Depth 3 is all that the format uses: header, tensor, shape.
        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = 4 });
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                string name = reader.GetString()!;
                reader.Read();
                ParseEntry(ref reader, name);
            }

            reader.Read(); // Anything but white space after the object throws.
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            // InvalidOperationException: text that is not UTF-8. FormatException: a number that is not a 64-bit integer.
            throw new MalformedTensorFileException(_path, $"the header is not valid JSON: {PlainMessage.Of(e)}", e);
        }
    }

    private void ParseEntry(ref Utf8JsonReader reader, string name)
    {
        Expect(ref reader, JsonTokenType.StartObject, name);
        if (name == MetadataKey)
        {
            ParseMetadata(ref reader);
            return;
        }

        TensorInfo info = ParseTensor(ref reader, name);
        if (!_tensors.TryAdd(name, info))
        {
            throw Malformed($"the tensor '{name}' appears twice");
        }
    }

    private void ParseMetadata(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string key = reader.GetString()!;
            reader.Read();
            Expect(ref reader, JsonTokenType.String, MetadataKey);
            if (!_metadata.TryAdd(key, reader.GetString()!))
            {
                throw Malformed($"the metadata '{key}' appears twice");
            }
        }
    }

    private TensorInfo ParseTensor(ref Utf8JsonReader reader, string name)
    {
        string? typeName = null;
        long[]? shape = null;
        long[]? offsets = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string key = reader.GetString()!;
            reader.Read();
            switch (key)
            {
                case "dtype" when typeName is null:
                    Expect(ref reader, JsonTokenType.String, name);
                    typeName = reader.GetString();
                    break;
                case "shape" when shape is null:
                    shape = ParseIntegers(ref reader, name, TensorSize.MaxRank);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ParseIntegers(ref reader, name, 2);
                    break;
                default:
                    throw Malformed($"the tensor '{name}' has '{key}'; expected dtype, shape and data_offsets, each once");
            }
        }

        if (typeName is null || shape is null || offsets is not { Length: 2 })
        {
            throw Malformed($"the tensor '{name}' lacks its dtype, shape or two data_offsets");
        }

        return Check(name, typeName, shape, offsets[0], offsets[1]);
    }

    private TensorInfo Check(string name, string typeName, long[] shape, long begin, long end)
    {
        if (!DTypeExtensions.TryParseSafeTensorsName(typeName, out DType type))
        {
            throw new UnsupportedDTypeException(_path, $"the tensor '{name}' is of type '{typeName}', which is not supported.");
        }

        if (begin > end)
        {
            throw Malformed($"the tensor '{name}' ends at byte {end}, before its start at {begin}");
        }

        if (!TensorSize.TryGetByteLength(type, shape, out long byteLength) || byteLength != end - begin)
        {
            throw Malformed($"the tensor '{name}' has {end - begin} bytes, which is not what {typeName} [{string.Join(", ", shape)}] needs");
        }

        if (end > _dataLength)
        {
            throw new TruncatedTensorFileException(_path, $"the tensor '{name}' ends at byte {end} of the data; the data has {_dataLength}.");
        }

        return new TensorInfo(name, type, shape, _dataStart + begin, byteLength);
    }

    private long[] ParseIntegers(ref Utf8JsonReader reader, string name, int max)
    {
        Expect(ref reader, JsonTokenType.StartArray, name);
        List<long> values = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Expect(ref reader, JsonTokenType.Number, name);
            long value = reader.GetInt64();
            if (value < 0 || values.Count == max)
            {
                throw Malformed($"the tensor '{name}' has a negative number or more than {max} of them in an array");
            }

            values.Add(value);
        }

        return [.. values];
    }

    /// <summary>The tensors tile the data: none overlaps another, nothing lies between them, before or after.</summary>
    private void CheckLayout()
    {
        long expected = _dataStart;
        foreach (TensorInfo tensor in _tensors.Values.OrderBy(t => t.ByteOffset).ThenBy(t => t.ByteLength))
        {
            if (tensor.ByteOffset != expected)
            {
                string what = tensor.ByteOffset < expected ? "overlaps the one before it" : "leaves a gap before it";
                throw Malformed(
                    $"the tensor '{tensor.Name}' at byte {tensor.ByteOffset - _dataStart} of the data {what}, which ends at {expected - _dataStart}");
            }

            expected += tensor.ByteLength;
        }

        if (expected - _dataStart != _dataLength)
        {
            throw Malformed($"the tensors take {expected - _dataStart} bytes; the data has {_dataLength}");
        }
    }

    private void Expect(ref Utf8JsonReader reader, JsonTokenType type, string name)
    {
        if (reader.TokenType != type)
        {
            throw Malformed($"'{name}' has a {reader.TokenType}; expected a {type}");
        }
    }

    private MalformedTensorFileException Malformed(string problem) => new(_path, $"{problem}.");
}
