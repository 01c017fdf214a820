using System.Collections.Frozen;
using Google.Protobuf;

namespace Evoke.Encoders.Onnx;

/// <summary>Finds the files that an ONNX file keeps its weights in, besides itself: <c>TensorProto.external_data</c>.</summary>
/// <remarks>
/// Only the messages on the way to a tensor are read; everything else is skipped. Numbers of fields:
/// <see href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</see>.
/// </remarks>
internal static class OnnxExternalData
{
    private const int MaxDepth = 100; // as protobuf's own limit
    private const int ExternalDataField = 13, DataLocationField = 14, EntryKeyField = 1, EntryValueField = 2;
    private const int ExternalLocation = 1;
    private const string LocationKey = "location";

    // ONNX Runtime's own format, which has no external data.
    private const int OrtMarkOffset = 4;

    private enum Message
    {
        Model,
        Graph,
        Node,
        Attribute,
        Training,
        Function,
        SparseTensor,
        Tensor,
    }

    private static ReadOnlySpan<byte> OrtMark => "ORTM"u8;

    private static FrozenDictionary<(Message, int Field), Message> Children { get; } = new Dictionary<(Message, int), Message>
    {
        [(Message.Model, 7)] = Message.Graph,
        [(Message.Model, 20)] = Message.Training,
        [(Message.Model, 25)] = Message.Function,
        [(Message.Graph, 1)] = Message.Node,
        [(Message.Graph, 5)] = Message.Tensor,
        [(Message.Graph, 15)] = Message.SparseTensor,
        [(Message.Node, 5)] = Message.Attribute,
        [(Message.Attribute, 5)] = Message.Tensor,
        [(Message.Attribute, 6)] = Message.Graph,
        [(Message.Attribute, 10)] = Message.Tensor,
        [(Message.Attribute, 11)] = Message.Graph,
        [(Message.Attribute, 22)] = Message.SparseTensor,
        [(Message.Attribute, 23)] = Message.SparseTensor,
        [(Message.Training, 1)] = Message.Graph,
        [(Message.Training, 2)] = Message.Graph,
        [(Message.Function, 7)] = Message.Node,
        [(Message.Function, 11)] = Message.Attribute,
        [(Message.SparseTensor, 1)] = Message.Tensor,
        [(Message.SparseTensor, 2)] = Message.Tensor,
    }.ToFrozenDictionary();

    /// <summary>The locations that the file names, each once, in ordinal order.</summary>
    /// <exception cref="OnnxModelException">The file cannot be read, or is not an ONNX file.</exception>
    public static IReadOnlyList<string> LocationsIn(string path)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (IsOrtFormat(file))
            {
                return [];
            }

            SortedSet<string> locations = new(StringComparer.Ordinal);
            using CodedInputStream input = new(file);
            Visit(input, Message.Model, file.Length, 0, locations);
            return [.. locations];
        }
        catch (Exception error) when (error is InvalidProtocolBufferException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new OnnxModelException(path, $"it cannot be loaded as an ONNX file: {error.Message}", error);
        }
    }

    private static bool IsOrtFormat(FileStream file)
    {
        Span<byte> start = stackalloc byte[OrtMarkOffset + 4];
        int read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return read == start.Length && start[OrtMarkOffset..].SequenceEqual(OrtMark);
    }

    private static void Visit(CodedInputStream input, Message message, long end, int depth, SortedSet<string> locations)
    {
        string? location = null;
        bool isExternal = false;
        while (input.Position < end)
        {
            uint tag = input.ReadTag();
            int field = WireFormat.GetTagFieldNumber(tag);
            bool isNested = WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited;
            if (isNested && Children.TryGetValue((message, field), out Message child))
            {
                Visit(input, child, EndOfNested(input, end, depth), depth + 1, locations);
            }
            else if (isNested && (message, field) is (Message.Tensor, ExternalDataField))
            {
                location = LocationOfEntry(input, EndOfNested(input, end, depth)) ?? location;
            }
            else if (!isNested && (message, field) is (Message.Tensor, DataLocationField))
            {
                isExternal = input.ReadEnum() == ExternalLocation;
            }
            else
            {
                input.SkipLastField();
            }
        }

        if (isExternal)
        {
            locations.Add(location ?? "");
        }
    }

    private static string? LocationOfEntry(CodedInputStream input, long end)
    {
        string key = "", value = "";
        while (input.Position < end)
        {
            uint tag = input.ReadTag();
            switch (WireFormat.GetTagFieldNumber(tag), WireFormat.GetTagWireType(tag))
            {
                case (EntryKeyField, WireFormat.WireType.LengthDelimited):
                    key = input.ReadString();
                    break;
                case (EntryValueField, WireFormat.WireType.LengthDelimited):
                    value = input.ReadString();
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        return key == LocationKey ? value : null;
    }

    private static long EndOfNested(CodedInputStream input, long outerEnd, int depth)
    {
        int length = input.ReadLength();
        long end = input.Position + length;
        return length >= 0 && end <= outerEnd && depth < MaxDepth
            ? end
            : throw new InvalidDataException(depth < MaxDepth ? "a part is longer than what it is in." : $"it is nested more than {MaxDepth} deep.");
    }
}
