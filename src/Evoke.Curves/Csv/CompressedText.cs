using System.Buffers.Binary;
using System.IO.Compression;
using Evoke.Files;

namespace Evoke.Curves.Csv;

/// <summary>Finds files compressed by gzip that were cut off, as by a download that broke. The decompressor ends there without a word.</summary>
internal static class CompressedText
{
    private const int TrailerBytes = 4; // The length of what was compressed, modulo 2^32, is at the end of the file.
    private const int BufferBytes = 1 << 16;

    private static ReadOnlySpan<byte> Magic => [0x1F, 0x8B, 0x08];

    /// <summary>True for a name that ends in .gz.</summary>
    public static bool IsNamed(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a file to its end. A file that is cut off, or is no gzip file, is a mistake.</summary>
    /// <exception cref="FileReadException">The file cannot be read.</exception>
    public static void ThrowIfCut(string path, TableMistake mistake)
    {
        try
        {
            byte[] packed = File.ReadAllBytes(path);
            long length = LengthOf(packed);
            uint said = packed.Length < TrailerBytes ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(packed.AsSpan(^TrailerBytes..));
            // Files joined one after the other say the length of the last one only.
            bool isJoined = packed.Length > Magic.Length && packed.AsSpan(Magic.Length).IndexOf(Magic) >= 0;
            if (said != (uint)length && !isJoined)
            {
                throw mistake(null, "a whole file, compressed by gzip", "a file that is cut off");
            }
        }
        catch (InvalidDataException error)
        {
            throw mistake(null, "a whole file, compressed by gzip", error.Message.TrimEnd('.'), error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileReadException(path, error);
        }
    }

    private static long LengthOf(byte[] packed)
    {
        using GZipStream unpacked = new(new MemoryStream(packed), CompressionMode.Decompress);
        byte[] buffer = new byte[BufferBytes];
        long length = 0;
        for (int read; (read = unpacked.Read(buffer)) > 0;)
        {
            length += read;
        }

        return length;
    }
}
