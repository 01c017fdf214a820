namespace Evoke.Files;

/// <summary>Creates folders that files are written to.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class WritableFolder
{
    /// <summary>Creates a folder, and its parents, if it is missing; removes the leftovers of killed writers in it.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>Its full path.</returns>
    /// <exception cref="FileWriteException">It cannot be created.</exception>
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
