namespace Evoke.Files;

/// <summary>Keeps two writers of one thing apart, between threads and between processes. The system releases it if a process dies.</summary>
public sealed class FileLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, waiting for whoever has it.</summary>
    /// <param name="path">The lock's file; its folder exists. It stays behind, empty: deleting it would let a third process in beside the second.</param>
    /// <param name="waiting">Called once if the lock is taken.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task<FileLock> TakeAsync(string path, Action waiting, CancellationToken cancellationToken)
    {
        bool told = false;
        while (true)
        {
            try
            {
                return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException))
            {
                if (!told)
                {
                    waiting();
                    told = true;
                }

                await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Releases the lock.</summary>
    public void Dispose() => _file.Dispose();
}
