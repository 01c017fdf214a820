using System.Buffers;
using System.Text;

namespace Evoke.Files;

/// <summary>A file that is being written: <see cref="Complete"/> completes it and gives it its name, <see cref="Dispose"/> removes it if it is not
/// complete.</summary>
/// <remarks>
/// The file grows as <c>.NAME.RANDOM.tmp</c> beside its final name. The random part has 122 bits, so that no two writers share one, on whatever hosts they
/// run. A long NAME is truncated, so that every valid file name can also be written. Not thread-safe.
/// </remarks>
public sealed class UnfinishedFile : IDisposable
{
    /// <summary>A writer that has not written for this long is considered dead, here or on another host.</summary>
    public static readonly TimeSpan LeftoverAge = TimeSpan.FromHours(1);

    private const string Extension = ".tmp";
    private const int RandomDigits = 32;
    private const int LongestNameBytes = 255; // of ext4, NTFS and APFS
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");
    private bool _isComplete;

    private UnfinishedFile(string finalPath) => (FinalPath, Path) = (finalPath, NameFor(finalPath));

    /// <summary>Where to write: a name that no other writer has. Nothing is there yet.</summary>
    public string Path { get; }

    /// <summary>Full path of the file once it is whole.</summary>
    public string FinalPath { get; }

    /// <summary>Chooses the temporary name, creates the folder if it is missing, and removes the leftovers of killed writers in it.</summary>
    /// <param name="path">The file's final name.</param>
    /// <exception cref="FileWriteException">The folder cannot be created, or the path is that of a folder.</exception>
    public static UnfinishedFile Begin(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string final = System.IO.Path.GetFullPath(path);
        try
        {
            string folder = System.IO.Path.GetDirectoryName(final) ?? throw new IOException();
            Directory.CreateDirectory(folder);
            LeftoverCleaner.Clean(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileWriteException(final, error);
        }

        return new UnfinishedFile(final);
    }

    /// <summary>Flushes what was written to disk and gives it its final name; an existing file is replaced.</summary>
    /// <exception cref="FileWriteException">It cannot be flushed or renamed, or nothing was written.</exception>
    public void Complete()
    {
        AtomicFile.Rename(Path, FinalPath);
        _isComplete = true;
    }

    /// <summary>Removes the file if it is not complete.</summary>
    public void Dispose()
    {
        if (!_isComplete)
        {
            LeftoverCleaner.TryRemove(Path);
        }
    }

    /// <summary>A name that no other writer has: in the folder of <paramref name="path"/>, so that renaming is one step.</summary>
    /// <param name="path">The file's final name.</param>
    public static string NameFor(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string final = System.IO.Path.GetFullPath(path);
        string random = $".{Guid.NewGuid():N}{Extension}";
        return System.IO.Path.Combine(
            System.IO.Path.GetDirectoryName(final)!, $".{Cut(System.IO.Path.GetFileName(final), LongestNameBytes - random.Length - 1)}{random}");
    }

    /// <summary>True if <paramref name="fileName"/> is one that <see cref="NameFor"/> gives.</summary>
    public static bool IsOne(string fileName)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        if (!fileName.StartsWith('.') || !fileName.EndsWith(Extension, StringComparison.Ordinal))
        {
            return false;
        }

        string stem = fileName[1..^Math.Min(Extension.Length, fileName.Length - 1)];
        int dot = stem.LastIndexOf('.');
        return dot > 0 && stem.Length - dot - 1 == RandomDigits && !stem.AsSpan(dot + 1).ContainsAnyExcept(HexDigits);
    }

    private static string Cut(string name, int mostBytes)
    {
        int bytes = 0;
        int length = 0;
        foreach (Rune rune in name.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > mostBytes)
            {
                return name[..length];
            }

            length += rune.Utf16SequenceLength;
        }

        return name;
    }
}
