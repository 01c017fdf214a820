namespace Evoke.Files;

/// <summary>Keeps files that cannot be read when new ones take their place: nobody loses what a text editor could still mend.</summary>
/// <remarks>Thread-safe for different files.</remarks>
public static class DamagedFile
{
    /// <summary>What is added to the name.</summary>
    public const string Ending = ".damaged";

    /// <summary>Renames a file to its name with <see cref="Ending"/>; an older one of that name is replaced.</summary>
    /// <exception cref="FileWriteException">The file cannot be renamed.</exception>
    public static void SetAside(string path) => AtomicFile.Rename(path, path + Ending);
}
