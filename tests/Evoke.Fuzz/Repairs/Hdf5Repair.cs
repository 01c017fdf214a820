using System.Buffers.Binary;
using Evoke.Fuzz.Readers;

namespace Evoke.Fuzz.Repairs;

/// <summary>Makes the checksums of the chunks of <see cref="Hdf5Samples.Summed"/> right again. PureHDF does not compare those of structures.</summary>
internal static class Hdf5Repair
{
    public static byte[] Repair(byte[] input)
    {
        byte[] repaired = [.. input];
        byte[] mark = BitConverter.GetBytes(Hdf5Samples.ChunkMark);
        for (int at = 0; repaired.AsSpan(at).IndexOf(mark) is >= 0 and int next; at += Hdf5Samples.ChunkBytes)
        {
            at += next;
            if (at + Hdf5Samples.ChunkBytes + sizeof(uint) > repaired.Length)
            {
                break;
            }

            uint sum = Fletcher32(repaired.AsSpan(at, Hdf5Samples.ChunkBytes));
            BinaryPrimitives.WriteUInt32LittleEndian(repaired.AsSpan(at + Hdf5Samples.ChunkBytes), sum);
        }

        return repaired;
    }

    // Words of 16 bits, the first byte the higher one, in ones' complement; the bytes are not all 0.
    private static uint Fletcher32(ReadOnlySpan<byte> data)
    {
        uint low = 0, high = 0;
        for (int i = 0; i < data.Length; i += 2)
        {
            low = (low + BinaryPrimitives.ReadUInt16BigEndian(data[i..])) % 65535;
            high = (high + low) % 65535;
        }

        return ((high == 0 ? 65535 : high) << 16) | (low == 0 ? 65535 : low);
    }
}
