namespace Evoke.Files;

/// <summary>Finds out whether a disk has room, by reserving it: what the system reports as free leaves out quotas and reserves.</summary>
/// <remarks>Thread-safe.</remarks>
public static class DiskRoom
{
    // .NET does not pass on the system's number when the reservation fails, but its own general one.
    private const int NotReserved = unchecked((int)0x80131620);

    /// <summary>True unless the disk, or the user's share of it, is too full for a file of a given size; also true if the folder cannot be written to for
    /// another reason.</summary>
    /// <param name="folder">A folder on the disk; it exists.</param>
    /// <param name="bytes">The size, 1 or more.</param>
    public static bool Has(string folder, long bytes)
    {
        try
        {
            Require(folder, bytes);
            return true;
        }
        catch (FileWriteException error)
        {
            return !error.IsDiskFull;
        }
    }

    /// <summary>Throws if a file of a given size cannot be written.</summary>
    /// <param name="folder">A folder on the disk; it exists.</param>
    /// <param name="bytes">The size, 1 or more.</param>
    /// <param name="advice">A sentence of advice for the message; null for none.</param>
    /// <exception cref="FileWriteException">The disk has no room for it, or the folder cannot be written to.</exception>
    public static void Require(string folder, long bytes, string? advice = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        string probe = UnfinishedFile.NameFor(Path.Combine(folder, "room"));
        try
        {
            // Not AtomicFile: the file is only reserved and is removed at once.
            using FileStream stream = new(probe, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Share = FileShare.None,
                BufferSize = 0,
                PreallocationSize = bytes,
                Options = FileOptions.DeleteOnClose,
            });
            // Some file systems do not reserve; a byte at least is written.
            stream.WriteByte(0);
        }
        catch (IOException error) when (error.HResult == NotReserved)
        {
            throw FileWriteException.NoRoom(Path.GetFullPath(folder), bytes, new DriveInfo(folder).AvailableFreeSpace, advice);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileWriteException(Path.GetFullPath(folder), error, advice);
        }
    }
}
