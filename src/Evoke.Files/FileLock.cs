namespace Evoke.Files;

/// <summary>A lock between threads and between processes that write the same thing. The system releases it if a process dies.</summary>
public sealed class FileLock : IDisposable
{
    // The error codes of a file that another process has locked: EWOULDBLOCK of Linux and macOS, the two violations of Windows.
    private const int WouldBlockOnLinux = 11, WouldBlockOnMac = 35, SharingViolation = unchecked((int)0x80070020), LockViolation = unchecked((int)0x80070021);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Takes the lock and waits while another holds it.</summary>
    /// <param name="path">The lock's file; its folder exists. It is left behind, empty: deleting it would let two processes hold the lock.</param>
    /// <param name="waiting">Called once if another holds the lock.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="FileWriteException">The file cannot be created.</exception>
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

    /// <summary>Takes the lock if it is free.</summary>
    /// <param name="path">The lock's file; its folder exists. It is left behind, empty.</param>
    /// <returns>The lock; null if another holds it.</returns>
    /// <exception cref="FileWriteException">The file cannot be created.</exception>
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
