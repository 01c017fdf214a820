using System.Runtime.Versioning;

namespace Evoke.Files;

/// <summary>Folders for temporary files that only this user may read. They are in a folder that all users may write to, where another user could have made one
/// of the same name first.</summary>
internal static class PrivateFolder
{
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>This user's folder of a name, made if it is missing. If that name is not this user's, or open to others: one whose name continues
    /// differently.</summary>
    /// <param name="parent">The folder that all users may write to.</param>
    /// <param name="name">The usual name.</param>
    /// <exception cref="IOException">There is none, and none can be made.</exception>
    /// <exception cref="UnauthorizedAccessException">There is none, and none can be made.</exception>
    public static string In(string parent, string name)
    {
        string usual = Path.Combine(parent, name);
        if (OperatingSystem.IsWindows())
        {
            return Make(usual); // The folder of temporary files is the user's own.
        }

        try
        {
            Make(usual);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A file, or a link to nothing: any other name may do.
        }

        return IsPrivate(usual)
            ? usual
            : Directory.EnumerateDirectories(parent, $"{name}-*").FirstOrDefault(IsPrivate) ?? Make($"{usual}-{Guid.NewGuid():N}");
    }

    /// <summary>Makes a folder that nobody else may open; one that is there stays as it is.</summary>
    /// <param name="path">The folder.</param>
    /// <returns>Its full path.</returns>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be made.</exception>
    public static string Make(string path) =>
        (OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, OnlyOwner)).FullName;

    /// <summary>True for a folder, not a link to one, that is this user's and that nobody else may open.</summary>
    [UnsupportedOSPlatform("windows")]
    public static bool IsPrivate(string path)
    {
        DirectoryInfo folder = new(path);
        return folder is { Exists: true, LinkTarget: null } && folder.UnixFileMode == OnlyOwner && FileKind.IsOwn(path);
    }
}
