using System.Buffers.Binary;
using System.Text;

namespace Evoke.Fuzz.Readers;

/// <summary>The outermost structure of small media files; their content is zeros.</summary>
internal static class ContainerSamples
{
    private const int TransportPacket = 188;

    public static IEnumerable<byte[]> All() => [Iso("isom"), Iso("avif"), Matroska(), Riff(), TransportStream()];

    private static byte[] Iso(string brand)
    {
        byte[] protection = Box("schm", [0, 0, 0, 0, .. "cenc"u8, 0, 1, 0, 0]);
        byte[] large = [0, 0, 0, 1, .. "free"u8, 0, 0, 0, 0, 0, 0, 0, 24, .. new byte[8]];
        byte[] type = Box("ftyp", [.. Encoding.Latin1.GetBytes(brand), 0, 0, 2, 0]);
        return [.. type, .. Box("moov", Box("sinf", protection)), .. large, .. Box("mdat", new byte[16])];
    }

    private static byte[] Box(string type, byte[] content)
    {
        byte[] size = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(size, content.Length + 8);
        return [.. size, .. Encoding.Latin1.GetBytes(type), .. content];
    }

    private static byte[] Matroska() =>
    [
        0x1A, 0x45, 0xDF, 0xA3, 0x84, 1, 2, 3, 4, 0xEC, 0x82, 0, 0, 0x18, 0x53, 0x80, 0x67, 0x01, 0, 0, 0, 0, 0, 0, 20, .. new byte[20],
        0x1C, 0x53, 0xBB, 0x6B, 0x81, 0,
    ];

    private static byte[] Riff() => [.. "RIFF"u8, 20, 0, 0, 0, .. "AVI "u8, .. new byte[16], .. "RIFF"u8, 12, 0, 0, 0, .. "AVIX"u8, .. new byte[8]];

    private static byte[] TransportStream()
    {
        List<byte> stream = [];
        for (int i = 0; i < 8; i++)
        {
            byte[] packet = new byte[TransportPacket];
            packet[0] = 0x47;
            packet[1] = (byte)(i % 2 == 0 ? 0x41 : 0x01);
            packet[3] = (byte)(i == 5 ? 0x30 : 0x10);
            packet[4] = (byte)(i == 5 ? 20 : 0);
            if (i % 2 == 0)
            {
                ReadOnlySpan<byte> start = [0, 0, 1, 0xC0, 1, 0x6A];
                start.CopyTo(packet.AsSpan(4));
            }

            stream.AddRange(packet);
        }

        return [.. stream];
    }
}
