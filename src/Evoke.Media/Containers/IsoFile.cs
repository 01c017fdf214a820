using System.Buffers.Binary;
using System.Text;

namespace Evoke.Media.Containers;

/// <summary>Inspects the boxes of an MP4 or QuickTime file.</summary>
/// <remarks>ISO/IEC 14496-12, 4.2: a box is a size (32 bits, or 1 and then 64 bits, or 0 for "to the end"), a type and content.</remarks>
internal static class IsoFile
{
    private const int MostBoxes = 10_000;
    private const int LargestIndex = 64 * 1024 * 1024;

    // Major brands of single images; sequences of images (avis, hevc, msf1) are films.
    private static readonly string[] ImageBrands = ["avif", "mif1", "heic", "heix", "heim", "heis", "miaf"];
    private static readonly string[] ProtectionSchemes = ["cenc", "cens", "cbc1", "cbcs"];

    /// <summary>Walks the outermost boxes.</summary>
    public static ContainerStructure Look(FileStream file)
    {
        Span<byte> head = stackalloc byte[16];
        int indexes = 0;
        bool fragmented = false, encrypted = false, imageBrand = false;
        Wholeness wholeness = Wholeness.Whole;
        long position = 0;
        for (int boxes = 0; position < file.Length && boxes < MostBoxes; boxes++)
        {
            file.Position = position;
            int read = file.ReadAtLeast(head, 16, throwOnEndOfStream: false);
            long size = read < 8 ? 0 : SizeOf(head, read, file.Length - position);
            if (size < 8 || size > file.Length - position)
            {
                wholeness = Wholeness.Cut;
                break;
            }

            string type = Encoding.Latin1.GetString(head[4..8]);
            imageBrand |= type == "ftyp" && read >= 12 && ImageBrands.Contains(Encoding.Latin1.GetString(head[8..12]));
            indexes += type == "moov" ? 1 : 0;
            fragmented |= type == "moof";
            encrypted |= type == "moov" && IsEncrypted(file, position, size);
            position += size;
        }

        wholeness = wholeness == Wholeness.Whole && (fragmented || position < file.Length) ? Wholeness.Unknown : wholeness;
        return new ContainerStructure(wholeness, indexes > 1, encrypted, imageBrand && indexes == 0);
    }

    /// <summary>True if the file begins like a still image in an ISO container (AVIF, HEIF).</summary>
    public static bool IsImage(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 4096);
        return Look(file).IsImage;
    }

    /// <summary>True if the file begins like an MP4 or QuickTime file of the usual kind; others may be such files too.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static bool BeginsLikeFilm(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        Span<byte> head = stackalloc byte[8];
        return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head[4..].SequenceEqual("ftyp"u8);
    }

    private static long SizeOf(ReadOnlySpan<byte> head, int read, long left)
    {
        long size = BinaryPrimitives.ReadUInt32BigEndian(head);
        return size == 0 ? left : size == 1 && read == 16 ? BinaryPrimitives.ReadInt64BigEndian(head[8..]) : size;
    }

    // ISO/IEC 14496-12, 8.12: a protected track's description holds 'schm', a full box, whose first field is the scheme.
    private static bool IsEncrypted(FileStream file, long position, long size)
    {
        byte[] index = new byte[Math.Min(size, LargestIndex)];
        file.Position = position;
        int length = file.ReadAtLeast(index, index.Length, throwOnEndOfStream: false);
        ReadOnlySpan<byte> rest = index.AsSpan(0, length);
        for (int at; (at = rest.IndexOf("schm\0\0\0"u8)) >= 0; rest = rest[(at + 4)..])
        {
            if (rest.Length >= at + 12 && ProtectionSchemes.Contains(Encoding.Latin1.GetString(rest.Slice(at + 8, 4))))
            {
                return true;
            }
        }

        return false;
    }
}
