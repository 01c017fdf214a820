namespace Evoke.Training.Runs;

/// <summary>Reserves a run's folder for one process, until it is disposed or the process ends.</summary>
internal sealed class RunLock : IDisposable
{
    private readonly FileStream _file;

    private RunLock(FileStream file) => _file = file;

    /// <summary>Locks a folder; creates it if it does not exist.</summary>
    /// <exception cref="RunFolderException">Another run is using the folder, or it is not writable.</exception>
    public static RunLock Take(RunFolder folder)
    {
        try
        {
            Directory.CreateDirectory(folder.Path);
            return new RunLock(new FileStream(folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RunFolderException(
                $"{folder.Path} cannot be used: another run is under way there, or the folder cannot be written to ({error.Message}).", error);
        }
    }

    /// <summary>Releases the folder.</summary>
    public void Dispose() => _file.Dispose();
}
