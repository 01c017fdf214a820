namespace Evoke.Files;

/// <summary>Writes files that are whole or not there at all.</summary>
public static class AtomicFile
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Writes to a unique temporary name beside the file and renames it at the end; an existing file is replaced. The folder is made if it is missing.</summary>
    /// <param name="path">The file's final name.</param>
    /// <param name="write">Writes the content. If it throws, the temporary file is removed and an existing file is left as it was.</param>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        string final = Path.GetFullPath(path);
        string temporary = UnfinishedFile.NameFor(final);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(final)!);
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes))
            {
                write(stream);
            }

            File.Move(temporary, final, overwrite: true);
        }
        catch (Exception error)
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }

            if (error is IOException or UnauthorizedAccessException)
            {
                throw new FileWriteException(final, error);
            }

            throw;
        }
    }
}
