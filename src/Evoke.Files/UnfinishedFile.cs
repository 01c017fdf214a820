using System.Buffers;

namespace Evoke.Files;

/// <summary>The names of files that are being written, and the end of those that nobody writes any more.</summary>
/// <remarks>
/// A file grows as <c>.NAME.RANDOM.tmp</c> beside its final name and is renamed when it is whole. The random part has 122 bits, so that no two writers
/// share one, on whatever hosts they run.
/// </remarks>
public static class UnfinishedFile
{
    private const string Extension = ".tmp";
    private const int RandomDigits = 32;
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>A name that no other writer has: in the folder of <paramref name="path"/>, so that renaming is one step.</summary>
    /// <param name="path">The file's final name.</param>
    public static string NameFor(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string final = Path.GetFullPath(path);
        return Path.Combine(Path.GetDirectoryName(final)!, $".{Path.GetFileName(final)}.{Guid.NewGuid():N}{Extension}");
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

    /// <summary>Removes what writers that were killed have left in a folder. What was written to within <paramref name="age"/> may have a living writer, here or on another host, and stays.</summary>
    /// <param name="folder">The folder; its subfolders are left alone.</param>
    /// <param name="age">Since the last write, by the clock of the file system, which all its users share.</param>
    /// <returns>How many files were removed.</returns>
    /// <exception cref="IOException">The folder cannot be read or written to.</exception>
    public static int RemoveOld(string folder, TimeSpan age)
    {
        FileInfo[] unfinished = [.. new DirectoryInfo(folder).EnumerateFiles(".*" + Extension).Where(file => IsOne(file.Name))];
        if (unfinished.Length == 0)
        {
            return 0;
        }

        DateTime now = ClockOf(folder);
        return unfinished.Count(file => file.Exists && now - file.LastWriteTimeUtc > age && TryRemove(file));
    }

    private static DateTime ClockOf(string folder)
    {
        string probe = NameFor(Path.Combine(folder, "clock"));
        using FileStream stream = new(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        stream.WriteByte(0);
        return File.GetLastWriteTimeUtc(probe);
    }

    private static bool TryRemove(FileInfo file)
    {
        try
        {
            file.Delete();
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false; // Another person's, in a folder that is shared with them: theirs to remove.
        }
    }
}
