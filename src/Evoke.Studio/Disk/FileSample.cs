using System.Buffers;
using System.Security.Cryptography;

namespace Evoke.Studio.Disk;

/// <summary>Recognises files by their content.</summary>
/// <remarks>Thread-safe: without state.</remarks>
internal static class FileSample
{
    private const int Part = 64 << 10;
    private const int Block = 1 << 20;

    /// <summary>SHA-256, in lower-case hexadecimal digits, of the first, the middle and the last 64 KiB of a file, or of all of a file that is no longer than
    /// these. The page computes the same in <c>sample.js</c>.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<string> OfAsync(string path, CancellationToken cancellation)
    {
        FileStream file = File.OpenRead(path);
        await using (file.ConfigureAwait(false))
        {
            long length = file.Length;
            long[] starts = length <= 3 * Part ? [0] : [0, (length - Part) / 2, length - Part];
            byte[] bytes = new byte[length <= 3 * Part ? length : 3 * Part];
            int size = bytes.Length / starts.Length;
            for (int part = 0; part < starts.Length; part++)
            {
                file.Position = starts[part];
                await file.ReadExactlyAsync(bytes.AsMemory(part * size, size), cancellation).ConfigureAwait(false);
            }

            return Convert.ToHexStringLower(SHA256.HashData(bytes));
        }
    }

    /// <summary>True if two files have the same bytes. Files that differ are told apart as soon as one byte does.</summary>
    /// <exception cref="IOException">One of them cannot be read.</exception>
    public static async Task<bool> AreSameAsync(string path, string other, CancellationToken cancellation)
    {
        byte[] a = ArrayPool<byte>.Shared.Rent(Block), b = ArrayPool<byte>.Shared.Rent(Block);
        try
        {
            FileStream one = File.OpenRead(path), two = File.OpenRead(other);
            await using (one.ConfigureAwait(false))
            await using (two.ConfigureAwait(false))
            {
                while (true)
                {
                    int read = await one.ReadAtLeastAsync(a.AsMemory(0, Block), Block, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
                    int there = await two.ReadAtLeastAsync(b.AsMemory(0, Block), Block, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
                    if (read != there || !a.AsSpan(0, read).SequenceEqual(b.AsSpan(0, read)))
                    {
                        return false;
                    }

                    if (read < Block)
                    {
                        return true;
                    }
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(a);
            ArrayPool<byte>.Shared.Return(b);
        }
    }
}
