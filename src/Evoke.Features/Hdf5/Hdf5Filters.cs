using System.Buffers.Binary;
using System.IO.Compression;
using PureHDF.Filters;

namespace Evoke.Features.Hdf5;

/// <summary>
/// Own filters in place of two of the library's (PureHDF 2.2.0): its Fletcher32 gives wrong numbers where it is the only filter and chunks split the columns,
/// and its deflate writes whatever a chunk expands to into memory.
/// </summary>
internal static class Hdf5Filters
{
    /// <summary>The number of the deflate filter in HDF5.</summary>
    public const int Deflate = 1;

    /// <summary>The number of the shuffle filter in HDF5.</summary>
    public const int Shuffle = 2;

    /// <summary>The number of the Fletcher32 filter in HDF5.</summary>
    public const int Fletcher32 = 3;

    // N-bit and scale-offset are the library's own and right.
    private static readonly int[] s_read = [Deflate, Shuffle, Fletcher32, 5, 6];

    private static readonly Dictionary<int, string> s_others = new()
    {
        [4] = "szip",
        [307] = "bzip2",
        [32000] = "lzf",
        [32001] = "blosc",
        [32004] = "lz4",
        [32008] = "bitshuffle",
        [32013] = "zfp",
        [32015] = "zstd",
    };

    private static readonly Lock s_gate = new();
    private static bool s_isRegistered;

    /// <summary>Puts the filters in place, once for the process.</summary>
    public static void Register()
    {
        lock (s_gate)
        {
            if (!s_isRegistered)
            {
                H5Filter.Register(new CheckedSum());
                H5Filter.Register(new BoundedDeflate());
                s_isRegistered = true;
            }
        }
    }

    /// <summary>The name of a filter that is not read; null for one that is.</summary>
    public static string? UnreadName(int filter) => s_read.Contains(filter) ? null
        : s_others.TryGetValue(filter, out string? name) ? name
        : FormattableString.Invariant($"number {filter}");

    /// <summary>Checks the sum at the end of a chunk and removes it.</summary>
    private sealed class CheckedSum : IH5Filter
    {
        private readonly Fletcher32Filter _writing = new();

        public ushort FilterId => Fletcher32;

        public string Name => _writing.Name;

        public Memory<byte> Filter(FilterInfo info)
        {
            if (!info.Flags.HasFlag(H5FilterFlags.Decompress))
            {
                return _writing.Filter(info);
            }

            if (info.Buffer.Length < sizeof(uint))
            {
                throw new InvalidDataException("a chunk is too short for its checksum.");
            }

            // The sum is always checked: a flag of the file could ask to skip it.
            byte[] values = info.Buffer[..^sizeof(uint)].ToArray();
            uint stored = BinaryPrimitives.ReadUInt32LittleEndian(info.Buffer.Span[^sizeof(uint)..]);
            uint sum = Sum(values);
            return stored == sum || stored == SwappedInHalves(sum) ? values : throw new InvalidDataException("the checksum (Fletcher32) of a chunk is wrong.");
        }

        public uint[] GetParameters(uint[] chunkDimensions, uint typeSize, Dictionary<string, object>? options) =>
            _writing.GetParameters(chunkDimensions, typeSize, options);

        // As in the HDF5 library: words of 16 bits, the first byte the higher one, in ones' complement, where 65535 stands for 0 unless all bytes are 0.
        private static uint Sum(ReadOnlySpan<byte> data)
        {
            uint low = 0, high = 0;
            for (int i = 0; i < data.Length; i += 2)
            {
                low = (low + ((uint)data[i] << 8) + (i + 1 < data.Length ? data[i + 1] : 0u)) % 65535;
                high = (high + low) % 65535;
            }

            uint zero = data.ContainsAnyExcept((byte)0) ? 65535u : 0;
            return ((high == 0 ? zero : high) << 16) | (low == 0 ? zero : low);
        }

        // Older versions of the HDF5 library wrote the bytes of each half the other way round.
        private static uint SwappedInHalves(uint sum) => ((sum & 0x00ff00ff) << 8) | ((sum >> 8) & 0x00ff00ff);
    }

    /// <summary>Expands a chunk to its size and not beyond.</summary>
    private sealed class BoundedDeflate : IH5Filter
    {
        // Other filters may have added a little, such as a checksum, before the chunk was compressed.
        private const int MostAdded = 64;

        private readonly DeflateFilter _writing = new();

        public ushort FilterId => Deflate;

        public string Name => _writing.Name;

        public Memory<byte> Filter(FilterInfo info)
        {
            if (!info.Flags.HasFlag(H5FilterFlags.Decompress))
            {
                return _writing.Filter(info);
            }

            byte[] chunk = new byte[checked(info.ChunkSize + MostAdded + 1)];
            using MemoryStream compressed = new(info.Buffer.ToArray());
            using ZLibStream expanding = new(compressed, CompressionMode.Decompress);
            int length;
            try
            {
                length = expanding.ReadAtLeast(chunk, chunk.Length, throwOnEndOfStream: false);
            }
            catch (InvalidDataException error)
            {
                throw new InvalidDataException("a compressed chunk is damaged, or is stored without its compression, which is not read.", error);
            }

            return length < chunk.Length ? chunk.AsMemory(0, length) : throw new InvalidDataException("a compressed chunk expands beyond its size.");
        }

        public uint[] GetParameters(uint[] chunkDimensions, uint typeSize, Dictionary<string, object>? options) =>
            _writing.GetParameters(chunkDimensions, typeSize, options);
    }
}
