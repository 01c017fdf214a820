using System.Buffers.Binary;

namespace Evoke.Media.Containers;

/// <summary>Inspects the outermost chunks of an AVI or WAV file.</summary>
internal static class RiffFile
{
    // Some writers count one header too many.
    private const long ToleratedBytes = 64;
    private const int MostChunks = 1000;

    /// <summary>Walks the outermost chunks: "RIFF", a size, a form ("AVI ", "AVIX" for the parts of a large AVI, "WAVE") and content.</summary>
    /// <remarks>ffmpeg reads all of several joined AVI files.</remarks>
    public static ContainerStructure Look(FileStream file)
    {
        Span<byte> head = stackalloc byte[12];
        long position = 0;
        bool films = false;
        for (int chunks = 0; position < file.Length && chunks < MostChunks; chunks++)
        {
            file.Position = position;
            if (file.ReadAtLeast(head, 12, throwOnEndOfStream: false) < 12 || !head.StartsWith("RIFF"u8))
            {
                return new ContainerStructure(films ? Wholeness.Whole : Wholeness.Unknown);
            }

            films = true;
            long size = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
            if (size is 0 or uint.MaxValue)
            {
                return default; // Its writer never filled it in.
            }

            if (size > file.Length - position - 8 + ToleratedBytes)
            {
                return new ContainerStructure(Wholeness.Cut);
            }

            position += 8 + size + (size & 1);
        }

        return new ContainerStructure(films ? Wholeness.Whole : Wholeness.Unknown);
    }
}
