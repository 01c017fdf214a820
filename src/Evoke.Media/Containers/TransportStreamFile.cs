using System.Buffers.Binary;

namespace Evoke.Media.Containers;

/// <summary>Inspects the last packets of an MPEG transport stream, which has no header that says how long it is.</summary>
/// <remarks>
/// ISO/IEC 13818-1, 2.4.3: packets of 188 bytes that begin with 0x47; elementary streams are in PES packets, and those of sound state their length.
/// </remarks>
internal static class TransportStreamFile
{
    private const int PacketBytes = 188;
    private const int TailBytes = 512 * 1024;
    private const byte Sync = 0x47;

    /// <summary>Checks whether the file ends inside a packet or inside a stretch of sound of known length.</summary>
    public static ContainerStructure Look(FileStream file)
    {
        (int stride, int offset) = Layout(file);
        if (stride == 0)
        {
            return default;
        }

        long packets = (file.Length - offset) / stride;
        bool rest = (file.Length - offset) % stride != 0;
        int taken = (int)Math.Min(packets, TailBytes / stride);
        byte[] tail = new byte[taken * stride];
        file.Position = offset + ((packets - taken) * stride);
        file.ReadExactly(tail);
        return new ContainerStructure(rest || EndsInside(tail, stride) ? Wholeness.Cut : Wholeness.Unknown);
    }

    // 188 bytes; 192 with a time before each (M2TS); 204 with a checksum after each.
    private static (int Stride, int Offset) Layout(FileStream file)
    {
        byte[] head = new byte[204 * 5];
        file.Position = 0;
        int read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        foreach ((int stride, int offset) in new[] { (PacketBytes, 0), (192, 0), (204, 0) })
        {
            int sync = stride == 192 ? 4 : 0;
            if (Enumerable.Range(0, 5).All(i => (i * stride) + sync < read && head[(i * stride) + sync] == Sync))
            {
                return (stride, offset);
            }
        }

        return default;
    }

    private static bool EndsInside(ReadOnlySpan<byte> tail, int stride)
    {
        Dictionary<int, long> missing = []; // Bytes that the last PES packet of each stream lacks; unknown lengths are left out.
        int sync = stride == 192 ? 4 : 0;
        for (int at = 0; at + stride <= tail.Length; at += stride)
        {
            ReadOnlySpan<byte> packet = tail.Slice(at + sync, PacketBytes);
            if (packet[0] == Sync)
            {
                Count(packet, missing);
            }
        }

        return missing.Values.Any(bytes => bytes > 0);
    }

    private static void Count(ReadOnlySpan<byte> packet, Dictionary<int, long> missing)
    {
        int id = BinaryPrimitives.ReadUInt16BigEndian(packet[1..]) & 0x1FFF;
        bool begins = (packet[1] & 0x40) != 0;
        int control = (packet[3] >> 4) & 3;
        int start = (control & 2) == 0 ? 4 : 5 + packet[4];
        if ((control & 1) == 0 || start >= PacketBytes)
        {
            return;
        }

        ReadOnlySpan<byte> payload = packet[start..];
        if (begins)
        {
            missing.Remove(id);
            int length = payload.Length >= 6 && payload.StartsWith(new byte[] { 0, 0, 1 }) ? BinaryPrimitives.ReadUInt16BigEndian(payload[4..]) : 0;
            if (length > 0)
            {
                missing[id] = length + 6;
            }
        }

        if (missing.TryGetValue(id, out long left))
        {
            missing[id] = left - payload.Length;
        }
    }
}
