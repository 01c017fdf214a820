namespace Evoke.Files;

/// <summary>A file could not be opened or read: it is missing, a folder, or not readable.</summary>
public sealed class FileReadException : EvokeException
{
    /// <summary>Creates the error.</summary>
    /// <param name="path">The file that could not be read.</param>
    /// <param name="innerException">The operating system's error.</param>
    public FileReadException(string path, Exception innerException)
        : base($"Cannot read {path}: {Reason(path, innerException)}", innerException) => Path = path;

    /// <summary>The file that could not be read.</summary>
    public string Path { get; }

    private static string Reason(string path, Exception? error) => error switch
    {
        _ when Directory.Exists(path) => "it is a folder; expected a file.",
        FileNotFoundException or DirectoryNotFoundException => "there is no such file.",
        null => "unknown error.",
        _ => PlainMessage.Of(error),
    };
}
