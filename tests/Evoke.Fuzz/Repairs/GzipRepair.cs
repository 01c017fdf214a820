using System.Buffers.Binary;
using System.IO.Hashing;

namespace Evoke.Fuzz.Repairs;

/// <summary>Writes a damaged gzip file anew, with the length and checksum that its content now has. The content is stored, not compressed.</summary>
internal static class GzipRepair
{
    private const int HeadBytes = 10;
    private const int BlockHeadBytes = 5;
    private const int EndBytes = 8;
    private const int MostInBlock = ushort.MaxValue;

    private static ReadOnlySpan<byte> Head => [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF];

    /// <summary>A gzip file of these bytes.</summary>
    public static byte[] Write(ReadOnlySpan<byte> content)
    {
        List<byte> gzip = [.. Head];
        for (ReadOnlySpan<byte> left = content; ;)
        {
            ReadOnlySpan<byte> block = left[..Math.Min(MostInBlock, left.Length)];
            left = left[block.Length..];
            byte[] lengths = new byte[4];
            BinaryPrimitives.WriteUInt16LittleEndian(lengths, (ushort)block.Length);
            BinaryPrimitives.WriteUInt16LittleEndian(lengths.AsSpan(2), (ushort)~block.Length);
            gzip.AddRange([(byte)(left.IsEmpty ? 1 : 0), .. lengths, .. block]);
            if (left.IsEmpty)
            {
                break;
            }
        }

        byte[] end = new byte[EndBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(end, Crc32.HashToUInt32(content));
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(4), (uint)content.Length);
        return [.. gzip, .. end];
    }

    public static byte[] Repair(byte[] input)
    {
        if (input.Length < HeadBytes + BlockHeadBytes + EndBytes || !input.AsSpan().StartsWith(Head[..3]))
        {
            return input;
        }

        // Seeds are shorter than a block; what damage made longer becomes content too.
        return Write(input.AsSpan((HeadBytes + BlockHeadBytes)..^EndBytes));
    }
}
