namespace Evoke.Files;

/// <summary>Keeps two writers of one thing apart, between threads and between processes. The system releases it if a process dies.</summary>
public sealed class FileLock : IDisposable
{
    // What a file that another has locked gives: EWOULDBLOCK of Linux and macOS, the two violations of Windows.
    private const int WouldBlockOnLinux = 11, WouldBlockOnMac = 35, SharingViolation = unchecked((int)0x80070020), LockViolation = unchecked((int)0x80070021);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, waiting for whoever has it.</summary>
    /// <param name="path">The lock's file; its folder exists. It stays behind, empty: deleting it would let a third process in beside the second.</param>
    /// <param name="waiting">Called once if the lock is taken.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="FileWriteException">The file cannot be made.</exception>
    public static async Task<FileLock> TakeAsync(string path, Action waiting, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(waiting);
        bool told = false;
        while (true)
        {
            if (TryTake(path) is { } taken)
            {
                return taken;
            }

            if (!told)
            {
                waiting();
                told = true;
            }

            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes the lock if nobody has it.</summary>
    /// <param name="path">The lock's file; its folder exists. It stays behind, empty.</param>
    /// <returns>The lock; null if another has it.</returns>
    /// <exception cref="FileWriteException">The file cannot be made.</exception>
    public static FileLock? TryTake(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException error) when (error.HResult is WouldBlockOnLinux or WouldBlockOnMac or SharingViolation or LockViolation)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileWriteException(Path.GetFullPath(path), error);
        }
    }

    /// <summary>Releases the lock.</summary>
    public void Dispose() => _file.Dispose();
}
