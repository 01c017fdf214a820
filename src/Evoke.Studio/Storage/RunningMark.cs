using Evoke.Files;

namespace Evoke.Studio.Storage;

/// <summary>An empty file in the data folder while the workers run. If it is there at the next start, the process ended without stopping first. An orderly stop
/// removes it, which a full disk does not prevent.</summary>
/// <param name="folder">The data folder.</param>
internal sealed class RunningMark(string folder)
{
    private readonly string _path = System.IO.Path.Combine(folder, "studio.running");

    /// <summary>True if the file is there.</summary>
    public bool IsSet => File.Exists(_path);

    /// <summary>Writes the file.</summary>
    /// <exception cref="FileWriteException">It cannot be written.</exception>
    public void Set() => AtomicFile.Write(_path, _ => { });

    /// <summary>Removes the file.</summary>
    /// <exception cref="FileWriteException">It cannot be removed.</exception>
    public void Clear()
    {
        try
        {
            File.Delete(_path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileWriteException(_path, error);
        }
    }
}
