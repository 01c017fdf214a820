using System.Buffers.Binary;

namespace Evoke.Media.Reading;

/// <summary>Looks at the boxes of an MP4 or QuickTime file.</summary>
internal static class IsoFile
{
    private const int MostBoxes = 10_000;

    /// <summary>True if the file is MP4 or QuickTime with one index for all of it, and none of its bytes is missing: what the index says about durations then holds.</summary>
    /// <remarks>ISO/IEC 14496-12, 4.2: a box is a size (32 bits, or 1 and then 64 bits, or 0 for "to the end"), a type and content.</remarks>
    public static bool IsWhole(MediaInfo info)
    {
        if (!info.Format.Split(',').Contains("mp4"))
        {
            return false;
        }

        using FileStream file = new(info.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 64);
        Span<byte> head = stackalloc byte[16];
        long position = 0;
        for (int boxes = 0; position < file.Length; boxes++)
        {
            file.Position = position;
            int read = file.ReadAtLeast(head, 16, throwOnEndOfStream: false);
            if (read < 8 || boxes == MostBoxes || head[4..8].SequenceEqual("moof"u8))
            {
                return false;
            }

            long size = BinaryPrimitives.ReadUInt32BigEndian(head);
            size = size == 0 ? file.Length - position
                : size == 1 && read == 16 ? BinaryPrimitives.ReadInt64BigEndian(head[8..])
                : size;
            if (size < 8 || size > file.Length - position)
            {
                return false;
            }

            position += size;
        }

        return true;
    }
}
