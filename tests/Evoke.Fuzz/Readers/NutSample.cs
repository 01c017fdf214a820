using System.Buffers.Binary;

namespace Evoke.Fuzz.Readers;

/// <summary>A NUT stream as ffmpeg sends it: two streams, a few packets each.</summary>
/// <remarks>https://ffmpeg.org/~michael/nut.txt. Checksums are zeros: the reader skips them.</remarks>
internal static class NutSample
{
    /// <summary>The start code of the main header.</summary>
    public const ulong Main = 0x4E4D_7A56_1F5F_04AD;

    /// <summary>The start code of a stream's header.</summary>
    public const ulong Stream = 0x4E53_1140_5BF2_F9DB;

    /// <summary>The start code of a syncpoint.</summary>
    public const ulong Syncpoint = 0x4E4B_E4AD_EECA_4569;

    /// <summary>The start code of a packet of information.</summary>
    public const ulong Info = 0x4E49_AB68_B596_BA78;

    private const int Shift = 7;

    // Key frame, coded time, stream and size in the packet.
    private const int PacketFlags = 1 | 8 | 16 | 32;
    private const int CodedFlags = 4096;

    public static byte[] Make(bool elision)
    {
        List<byte> nut = [.. "nut/multimedia container\0"u8];
        byte[] elided = elision ? [.. V(1), .. V(3), 1, 2, 3] : [];
        Add(nut, Main, [.. V(3), .. V(2), .. V(65536), .. V(2), .. V(1), .. V(30), .. V(1), .. V(44100), .. Codes(elision), .. elided]);
        Add(nut, Stream, [.. V(0), .. V(0), .. V(4), .. "RGB\x18"u8, .. V(0), .. V(Shift), .. V(0), .. V(0), .. V(0)]);
        Add(nut, Stream, [.. V(1), .. V(1), .. V(4), .. "PFD\x20"u8, .. V(1), .. V(Shift), .. V(0), .. V(0), .. V(0)]);
        Add(nut, Info, [.. V(0), .. V(0), .. V(0), .. V(0), .. V(0)]);
        Add(nut, Syncpoint, [.. V(0), .. V(0)]);
        for (int i = 0; i < 3; i++)
        {
            nut.AddRange([0, .. V(0), .. V(i), .. V(12), .. new byte[12 - (elision ? 3 : 0)]]);
            nut.AddRange([0, .. V(1), .. V((i * 1470) + (1 << Shift)), .. V(16), .. new byte[16 - (elision ? 3 : 0)]]);
        }

        Add(nut, Syncpoint, [.. V(200), .. V(0)]);
        nut.AddRange([20, .. V(PacketFlags), .. V(1), .. V(3), .. V(0), .. new byte[19]]);
        return [.. nut];
    }

    /// <summary>What ffmpeg sends for a film of 2x2 pixels: a grey pixel for each frame's time, the frames at 1 Hz, and the sound at 8 kHz.</summary>
    public static byte[] Film()
    {
        List<byte> nut = [.. "nut/multimedia container\0"u8];
        Add(nut, Main, [.. V(3), .. V(3), .. V(65536), .. V(3), .. V(1), .. V(1_000_000), .. V(1), .. V(1), .. V(1), .. V(8000), .. Codes(elision: false)]);
        for (int stream = 0; stream < 3; stream++)
        {
            Add(nut, Stream, [.. V(stream), .. V(stream / 2), .. V(0), .. V(stream), .. V(Shift), .. V(0), .. V(0), .. V(0)]);
        }

        Add(nut, Syncpoint, [.. V(0), .. V(0)]);
        for (int second = 0; second < 3; second++)
        {
            nut.AddRange([0, .. V(0), .. V((second * 1_000_000) + (1 << Shift)), .. V(1), 128]);
            nut.AddRange([0, .. V(1), .. V(second), .. V(12), .. new byte[12]]);
            nut.AddRange([0, .. V(2), .. V((second * 8000) + (1 << Shift)), .. V(400), .. new byte[400]]);
        }

        return [.. nut];
    }

    /// <summary>A number as NUT writes it: seven bits a byte, most significant first.</summary>
    public static byte[] V(long value)
    {
        List<byte> bytes = [(byte)(value & 127)];
        for (long left = value >> 7; left > 0; left >>= 7)
        {
            bytes.Insert(0, (byte)((left & 127) | 128));
        }

        return [.. bytes];
    }

    // One code whose flags are the usual ones; for the others the flags are in the packet, and the size begins at the code's number.
    private static byte[] Codes(bool elision) =>
    [
        .. V(PacketFlags), .. V(elision ? 8 : 6), .. V(0), .. V(1), .. V(0), .. V(0), .. V(0), .. V(1), .. elision ? [.. V(0), .. V(1)] : Array.Empty<byte>(),
        .. V(CodedFlags), .. V(8), .. V(0), .. V(255), .. V(0), .. V(0), .. V(0), .. V(254), .. V(0), .. V(0),
    ];

    private static void Add(List<byte> nut, ulong code, byte[] content)
    {
        byte[] head = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(head, code);
        nut.AddRange([.. head, .. V(content.Length + 4), .. content, 0, 0, 0, 0]);
    }
}
