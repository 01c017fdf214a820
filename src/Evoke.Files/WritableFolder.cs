namespace Evoke.Files;

/// <summary>Makes folders that files are written to.</summary>
public static class WritableFolder
{
    /// <summary>Makes a folder, and those above it, if it is missing; removes what killed writers have left in it.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>Its full path.</returns>
    /// <exception cref="FileWriteException">It cannot be made.</exception>
    public static string Create(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string full = Path.GetFullPath(folder);
        try
        {
            Directory.CreateDirectory(full);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileWriteException(full, error);
        }

        LeftoverCleaner.Clean(full);
        return full;
    }
}
