using System.Buffers.Binary;
using System.Numerics;
using Google.Protobuf;
using Tensorboard;

namespace Evoke.Training.Runs;

/// <summary>The records of an event file (TFRecord): length, its checksum, the message, its checksum.</summary>
internal static class EventRecords
{
    private const int HeaderBytes = sizeof(ulong) + sizeof(uint);
    private const int FooterBytes = sizeof(uint);

    /// <summary>Adds records.</summary>
    public static void Write(Stream stream, IEnumerable<Event> messages)
    {
        foreach (Event message in messages)
        {
            stream.Write(RecordOf(message));
        }
    }

    /// <summary>Reads the records of a file up to the first incomplete one, which a killed process may leave.</summary>
    public static List<Event> ReadWhole(string path)
    {
        List<Event> messages = [];
        ReadOnlySpan<byte> left = File.ReadAllBytes(path);
        while (TryTake(ref left, out ReadOnlySpan<byte> message))
        {
            messages.Add(Event.Parser.ParseFrom(message.ToArray())); // This version of the messages cannot be parsed from a span.
        }

        return messages;
    }

    /// <summary>True if a file contains more than these messages.</summary>
    public static bool HasMore(string path, IEnumerable<Event> messages) =>
        new FileInfo(path).Length > messages.Sum(message => (long)HeaderBytes + message.CalculateSize() + FooterBytes);

    private static byte[] RecordOf(Event message)
    {
        byte[] body = message.ToByteArray();
        byte[] record = new byte[HeaderBytes + body.Length + FooterBytes];
        body.CopyTo(record, HeaderBytes);
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)body.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(sizeof(ulong)), MaskedChecksum(record.AsSpan(..sizeof(ulong))));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(^FooterBytes..), MaskedChecksum(body));
        return record;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> left, out ReadOnlySpan<byte> message)
    {
        message = default;
        if (left.Length < HeaderBytes + FooterBytes || BinaryPrimitives.ReadUInt32LittleEndian(left[sizeof(ulong)..]) != MaskedChecksum(left[..sizeof(ulong)]))
        {
            return false;
        }

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(left);
        if (length > (ulong)(left.Length - HeaderBytes - FooterBytes))
        {
            return false;
        }

        ReadOnlySpan<byte> body = left.Slice(HeaderBytes, (int)length);
        if (BinaryPrimitives.ReadUInt32LittleEndian(left[(HeaderBytes + body.Length)..]) != MaskedChecksum(body))
        {
            return false;
        }

        message = body;
        left = left[(HeaderBytes + body.Length + FooterBytes)..];
        return true;
    }

    // CRC-32C, rotated right by 15 bits plus a constant, as the format requires.
    private static uint MaskedChecksum(ReadOnlySpan<byte> bytes)
    {
        uint checksum = uint.MaxValue;
        foreach (byte value in bytes)
        {
            checksum = BitOperations.Crc32C(checksum, value);
        }

        return BitOperations.RotateRight(~checksum, 15) + 0xa282ead8u;
    }
}
