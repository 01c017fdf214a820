namespace Evoke.Files;

/// <summary>A file could not be written: no such folder, no permission, no space.</summary>
public sealed class FileWriteException : EvokeException
{
    /// <summary>Creates the error.</summary>
    /// <param name="path">The file that was to be written.</param>
    /// <param name="innerException">What the operating system said.</param>
    public FileWriteException(string path, Exception innerException)
        : base($"Cannot write {path}: {innerException?.Message}", innerException) => Path = path;

    /// <summary>The file that was to be written.</summary>
    public string Path { get; }
}
