using System.Runtime.InteropServices;

namespace Evoke.Files;

/// <summary>Ensures that a file's content and name are on the disk and not only in memory.</summary>
internal static partial class DiskFlush
{
    private const int ReadOnly = 0;
    private const int CloseOnExec = 0x80000; // of Linux
    private const int IoError = 5;

    /// <summary>Flushes a file's content.</summary>
    /// <exception cref="IOException">The disk does not accept it.</exception>
    public static void File(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Flushes the names in a folder, where the system allows it (Linux). Not every file system does: the worst case is that complete files
    /// lose their new names.</summary>
    /// <exception cref="IOException">The disk is broken.</exception>
    public static void Folder(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        int folder = Open(path, ReadOnly | CloseOnExec);
        if (folder < 0)
        {
            return;
        }

        int error = Synchronise(folder) < 0 ? Marshal.GetLastPInvokeError() : 0;
        _ = Close(folder);
        if (error == IoError)
        {
            throw new IOException($"{path}: {Marshal.GetPInvokeErrorMessage(error)}", error);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Synchronise(int file);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int file);
}
