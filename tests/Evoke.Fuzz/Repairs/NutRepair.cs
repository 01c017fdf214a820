using System.Buffers.Binary;
using Evoke.Fuzz.Readers;

namespace Evoke.Fuzz.Repairs;

/// <summary>Makes the lengths of a NUT stream's headers right again. Checksums need no repair: the reader skips them.</summary>
internal static class NutRepair
{
    private const int CodeBytes = 8;
    private const int ChecksumBytes = 4;
    private const int MostLengthBytes = 10;

    public static byte[] Repair(byte[] input)
    {
        List<byte> repaired = new(input.Length);
        int at = Next(input, 0);
        repaired.AddRange(input.AsSpan(0, at));
        while (at < input.Length)
        {
            int end = Next(input, at + CodeBytes);
            repaired.AddRange(HasFramesBehind(input, at) ? input.AsSpan(at..end) : Header(input.AsSpan(at..end)));
            at = end;
        }

        return [.. repaired];
    }

    // Frames follow a syncpoint: where its content ends is not known.
    private static bool HasFramesBehind(byte[] input, int at) => BinaryPrimitives.ReadUInt64BigEndian(input.AsSpan(at)) == NutSample.Syncpoint;

    private static byte[] Header(ReadOnlySpan<byte> packet)
    {
        int length = packet[CodeBytes..].IndexOfAnyInRange((byte)0, (byte)127); // Seven bits a byte; the last has no continuation bit.
        int content = CodeBytes + length + 1;
        return length is < 0 or > MostLengthBytes || packet.Length - content < ChecksumBytes
            ? packet.ToArray()
            : [.. packet[..CodeBytes], .. NutSample.V(packet.Length - content), .. packet[content..]];
    }

    private static int Next(byte[] input, int from)
    {
        for (int at = from; at + CodeBytes <= input.Length; at++)
        {
            if (BinaryPrimitives.ReadUInt64BigEndian(input.AsSpan(at)) is NutSample.Main or NutSample.Stream or NutSample.Syncpoint or NutSample.Info)
            {
                return at;
            }
        }

        return input.Length;
    }
}
