using Evoke.Files;
using Evoke.Studio.Options;

namespace Evoke.Studio.Storage;

/// <summary>Studio's data folder, held by one Studio at a time: two would take each other's jobs and delete each other's uploads.</summary>
internal sealed class DataFolder : IDisposable
{
    private const string LockName = "studio.lock";
    private const long LeastRoom = 1 << 18; // for the database's log and its index
    private readonly FileLock _lock;

    private DataFolder(FileLock held) => _lock = held;

    /// <summary>Creates the folder if it is missing, and holds it until disposal or until the process ends.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="StudioOptionsException">Another Studio holds it.</exception>
    /// <exception cref="FileWriteException">It cannot be created or written to, or its disk is full.</exception>
    public static DataFolder Open(string path)
    {
        string folder = WritableFolder.Create(path);
        FileLock held = FileLock.TryTake(System.IO.Path.Combine(folder, LockName))
            ?? throw new StudioOptionsException($"Another Studio uses the data folder {folder}. Open that one, stop it, or give another --data folder.");
        try
        {
            DiskRoom.Require(folder, LeastRoom, "Make room, or give another --data folder.");
            return new DataFolder(held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Lets another Studio have the folder.</summary>
    public void Dispose() => _lock.Dispose();
}
