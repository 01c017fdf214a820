namespace Evoke.Media.Containers;

/// <summary>Inspects the outermost elements of a Matroska or WebM file.</summary>
/// <remarks>
/// RFC 8794: an element is an id, a size (both with their length in the leading zeros of the first byte) and content.
/// RFC 9559: a film is an EBML header and a Segment.
/// </remarks>
internal static class MatroskaFile
{
    private const ulong HeaderId = 0x1A45_DFA3;
    private const ulong SegmentId = 0x1853_8067;
    private const int MostElements = 100;

    /// <summary>Walks the outermost elements.</summary>
    public static ContainerStructure Look(FileStream file)
    {
        long position = 0;
        bool segment = false;
        for (int elements = 0; position < file.Length && elements < MostElements; elements++)
        {
            if (ReadHead(file, position) is not var (id, size, content))
            {
                return new ContainerStructure(segment ? Wholeness.Unknown : Wholeness.Cut);
            }

            if (segment && id == HeaderId)
            {
                return new ContainerStructure(Wholeness.Unknown, HasSecondFilm: true);
            }

            segment |= id == SegmentId;
            if (size is null)
            {
                return default; // Written live: it ends wherever it ends.
            }

            if (size > file.Length - content)
            {
                return new ContainerStructure(Wholeness.Cut);
            }

            position = content + size.Value;
        }

        return new ContainerStructure(segment ? Wholeness.Whole : Wholeness.Unknown);
    }

    // Null if there is no element.
    private static (ulong Id, long? Size, long Content)? ReadHead(FileStream file, long position)
    {
        Span<byte> head = stackalloc byte[12];
        file.Position = position;
        int read = file.ReadAtLeast(head, 12, throwOnEndOfStream: false);
        if (read < 2 || head[0] < 0x10)
        {
            return null;
        }

        int idLength = LengthOf(head[0]);
        if (idLength >= read || head[idLength] == 0)
        {
            return null;
        }

        int sizeLength = LengthOf(head[idLength]);
        if (idLength + sizeLength > read)
        {
            return null;
        }

        ulong id = Number(head[..idLength]);
        ulong mask = (1UL << (7 * sizeLength)) - 1;
        ulong size = Number(head.Slice(idLength, sizeLength)) & mask;
        return (id, size == mask ? null : (long)size, position + idLength + sizeLength);
    }

    private static int LengthOf(byte first) => System.Numerics.BitOperations.LeadingZeroCount((uint)first) - 23;

    private static ulong Number(ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        foreach (byte b in bytes)
        {
            value = (value << 8) | b;
        }

        return value;
    }
}
