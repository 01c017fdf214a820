namespace Evoke.Training.Runs;

/// <summary>Keeps a run's folder for one process, until it is disposed or the process ends.</summary>
internal sealed class RunLock : IDisposable
{
    private readonly FileStream _file;

    private RunLock(FileStream file) => _file = file;

    /// <summary>Takes a folder, which is made if it is missing.</summary>
    /// <exception cref="RunFolderException">Another run has it, or it cannot be written to.</exception>
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

    /// <summary>Gives the folder free.</summary>
    public void Dispose() => _file.Dispose();
}
