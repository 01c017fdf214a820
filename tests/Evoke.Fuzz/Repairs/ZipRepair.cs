using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Evoke.Fuzz.Repairs;

/// <summary>Writes a damaged zip archive anew, stored, with the sizes and checksums that its entries now have.</summary>
internal static class ZipRepair
{
    private const int LocalBytes = 30;

    private static ReadOnlySpan<byte> Local => "PK\u0003\u0004"u8;

    private static ReadOnlySpan<byte> Central => "PK\u0001\u0002"u8;

    public static byte[] Repair(byte[] input)
    {
        List<(string Name, byte[] Content)> entries = [];
        ReadOnlySpan<byte> rest = input;
        while (rest.IndexOf(Local) is >= 0 and int start && rest.Length - start >= LocalBytes)
        {
            rest = rest[start..];
            int name = BinaryPrimitives.ReadUInt16LittleEndian(rest[26..]);
            int content = LocalBytes + name + BinaryPrimitives.ReadUInt16LittleEndian(rest[28..]);
            if (content > rest.Length)
            {
                break;
            }

            ReadOnlySpan<byte> tail = rest[content..];
            int next = tail.IndexOf(Local), central = tail.IndexOf(Central);
            int length = next >= 0 ? next : central >= 0 ? central : tail.Length;
            entries.Add((Encoding.Latin1.GetString(rest.Slice(LocalBytes, name)), tail[..length].ToArray()));
            rest = tail[length..];
        }

        return entries.Count == 0 ? input : Write(entries);
    }

    /// <summary>An archive of stored entries, without times: the same entries give the same bytes.</summary>
    public static byte[] Write(IReadOnlyList<(string Name, byte[] Content)> entries)
    {
        using MemoryStream archive = new();
        using MemoryStream directory = new();
        foreach ((string name, byte[] content) in entries)
        {
            byte[] named = Encoding.Latin1.GetBytes(name);
            byte[] head = new byte[26];
            head[0] = 20; // The version that can read it.
            BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(8), 0x21); // 1 January 1980.
            BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(10), Crc32.HashToUInt32(content));
            BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(14), content.Length);
            BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(18), content.Length);
            BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(22), (ushort)named.Length);
            byte[] more = new byte[14]; // No comment, disk or attributes; then where the entry begins.
            BinaryPrimitives.WriteInt32LittleEndian(more.AsSpan(10), (int)archive.Length);
            Append(directory, Central, [20, 0], head, more, named);
            Append(archive, Local, head, [], named, content);
        }

        byte[] end = new byte[18];
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(4), (ushort)entries.Count);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(6), (ushort)entries.Count);
        BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(8), (int)directory.Length);
        BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(12), (int)archive.Length);
        Append(archive, directory.ToArray(), "PK\u0005\u0006"u8, end, [], []);
        return archive.ToArray();
    }

    private static void Append(
        MemoryStream stream, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third, ReadOnlySpan<byte> fourth, ReadOnlySpan<byte> fifth)
    {
        stream.Write(first);
        stream.Write(second);
        stream.Write(third);
        stream.Write(fourth);
        stream.Write(fifth);
    }
}
