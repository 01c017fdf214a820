namespace Evoke.Files;

/// <summary>Writes files that are complete or do not exist at all, even after a power failure.</summary>
/// <remarks>
/// A file grows under a temporary name beside its final one (see <see cref="UnfinishedFile"/>), is flushed to disk and then renamed; an existing file is
/// replaced. Its folder is created if it is missing. If writing throws, the temporary file is removed and an existing file is left unchanged. Leftovers of
/// writers that were killed are
/// removed from the same folder.
/// Thread-safe; of several writers of one file the last one wins.
/// </remarks>
public static class AtomicFile
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">The file's final name.</param>
    /// <param name="write">Writes the content. Its exceptions are passed on unchanged.</param>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        using UnfinishedFile file = UnfinishedFile.Begin(path);
        using (WrittenStream stream = new(file))
        {
            write(stream);
        }

        file.Complete();
    }

    /// <summary>Writes a file as its bytes arrive.</summary>
    /// <param name="path">The file's final name.</param>
    /// <param name="write">Writes the content. Its exceptions are passed on unchanged.</param>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        using UnfinishedFile file = UnfinishedFile.Begin(path);
        WrittenStream stream = new(file);
        await using (stream.ConfigureAwait(false))
        {
            await write(stream).ConfigureAwait(false);
            await stream.FlushAsync().ConfigureAwait(false);
        }

        file.Complete();
    }

    /// <summary>Writes a file with a library that takes a file name rather than a stream.</summary>
    /// <param name="path">The file's final name.</param>
    /// <param name="write">Writes the content to the name that it is given. An <see cref="IOException"/> of its own counts as one of that file.</param>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public static void WriteWith(string path, Action<string> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        using UnfinishedFile file = UnfinishedFile.Begin(path);
        try
        {
            write(file.Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileWriteException(file.FinalPath, error);
        }

        file.Complete();
    }

    /// <summary>Gives a complete file its final name in the same file system, flushing to disk before and after. An existing file is replaced.</summary>
    /// <param name="whole">The complete file under its present name.</param>
    /// <param name="path">Its final name.</param>
    /// <exception cref="FileWriteException">It cannot be flushed or renamed.</exception>
    public static void Rename(string whole, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(whole);
        ArgumentException.ThrowIfNullOrEmpty(path);
        string final = Path.GetFullPath(path);
        try
        {
            DiskFlush.File(whole);
            File.Move(whole, final, overwrite: true);
            DiskFlush.Folder(Path.GetDirectoryName(final)!);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileWriteException(final, error);
        }
    }

    /// <summary>Writes a file with another program, or with a library that takes a file name rather than a stream.</summary>
    /// <param name="path">The file's final name.</param>
    /// <param name="write">Writes the content to the name that it is given. An <see cref="IOException"/> of its own counts as one of that file.</param>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public static async Task WriteWithAsync(string path, Func<string, Task> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        using UnfinishedFile file = UnfinishedFile.Begin(path);
        try
        {
            await write(file.Path).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileWriteException(file.FinalPath, error);
        }

        file.Complete();
    }
}
