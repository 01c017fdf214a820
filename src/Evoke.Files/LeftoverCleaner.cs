using System.Collections.Concurrent;

namespace Evoke.Files;

/// <summary>Removes the leftovers of writers that were killed. Every write through <see cref="AtomicFile"/> calls it for its folder, so that there is no
/// folder without a cleaner.</summary>
/// <remarks>Thread-safe. Only files named as <see cref="UnfinishedFile.NameFor"/> names them are ever touched.</remarks>
public static class LeftoverCleaner
{
    // When each folder is to be cleaned again. A list of folders, not of what is in them: a store of 100,000 files is scanned once an hour, not at
    // each file.
    private static readonly ConcurrentDictionary<string, long> NextTime = new(StringComparer.Ordinal);

    /// <summary>Cleans a folder unless this process did so within <see cref="UnfinishedFile.LeftoverAge"/>.</summary>
    /// <param name="folder">Full path; its subfolders are left alone.</param>
    public static void Clean(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        long now = Environment.TickCount64;
        if (NextTime.TryGetValue(folder, out long next) && now < next)
        {
            return;
        }

        NextTime[folder] = now + (long)UnfinishedFile.LeftoverAge.TotalMilliseconds;
        try
        {
            RemoveOld(folder, UnfinishedFile.LeftoverAge);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A folder that may be written to but not listed, or a disk that is full: the next write to it reports the error, with the file's name.
        }
    }

    /// <summary>Removes old leftovers of a folder. What was written to within <paramref name="age"/> may have a living writer, here or on another host, and
    /// stays.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="age">Since the last write, by the clock of the file system, which all its users share.</param>
    /// <param name="subfolders">True to clean all that is below the folder too; links are not followed.</param>
    /// <returns>How many files were removed.</returns>
    /// <exception cref="IOException">The folder cannot be read or written to.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be read or written to.</exception>
    public static int RemoveOld(string folder, TimeSpan age, bool subfolders = false)
    {
        EnumerationOptions options = new()
        {
            RecurseSubdirectories = subfolders,
            AttributesToSkip = FileAttributes.ReparsePoint,
            IgnoreInaccessible = subfolders,
        };
        FileInfo[] unfinished = [.. new DirectoryInfo(folder).EnumerateFiles(".*.tmp", options).Where(file => UnfinishedFile.IsOne(file.Name))];
        if (unfinished.Length == 0)
        {
            return 0;
        }

        DateTime now = ClockOf(folder);
        return unfinished.Count(file => file.Exists && now - file.LastWriteTimeUtc > age && TryRemove(file.FullName));
    }

    /// <summary>Removes a file that is no longer needed; false if it cannot be removed, because it belongs to another user or the disk is read-only.</summary>
    internal static bool TryRemove(string path)
    {
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false; // The original error must not be replaced by this one; a later cleaning removes the file by age.
        }
    }

    // An empty file, so that this works on a full disk, where it is needed most.
    private static DateTime ClockOf(string folder)
    {
        string probe = UnfinishedFile.NameFor(Path.Combine(folder, "clock"));
        using FileStream stream = new(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        return File.GetLastWriteTimeUtc(probe);
    }
}
