using Evoke.Studio.Errors;
using Evoke.Studio.Options;

namespace Evoke.Studio.Security;

/// <summary>The folders that Studio may read. Every link in a path is resolved before the path is checked.</summary>
internal sealed class RootFolders
{
    private readonly string[] _roots;

    /// <summary>Creates the list; each folder must exist.</summary>
    /// <exception cref="StudioOptionsException">A folder does not exist.</exception>
    public RootFolders(IEnumerable<string> roots)
    {
        ArgumentNullException.ThrowIfNull(roots);
        _roots = [.. roots.Select(root => Directory.Exists(root)
            ? RealPath(System.IO.Path.GetFullPath(root))
            : throw new StudioOptionsException($"The folder {root} given with --root does not exist."))];
    }

    /// <summary>The folders, with links resolved.</summary>
    public IReadOnlyList<string> Paths => _roots;

    /// <summary>The real path of a file or folder inside the roots.</summary>
    /// <param name="path">An absolute path, or one relative to the first root that has it.</param>
    /// <exception cref="StudioRequestException">The path is outside every root (403) or does not exist inside one (404). Both messages contain only the
    /// requested path.</exception>
    public string Resolve(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (_roots.Length == 0)
        {
            throw new StudioRequestException(StatusCodes.Status403Forbidden,
                "Studio may not read any folder on this machine. Start it with --root FOLDER to add videos by path.");
        }

        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new StudioRequestException(StatusCodes.Status400BadRequest, "The path must not be empty or contain a NUL character.");
        }

        bool inside = false;
        foreach (string root in _roots)
        {
            string full = System.IO.Path.GetFullPath(path, root);
            if (!Contains(root, full) && !_roots.Any(other => Contains(other, full)))
            {
                continue;
            }

            inside = true;
            if (!System.IO.Path.Exists(full))
            {
                continue;
            }

            string real = RealPath(full);
            return IsInside(real) ? real : throw Outside(path);
        }

        throw inside
            ? new StudioRequestException(StatusCodes.Status404NotFound,
            $"There is no file or folder '{RequestText.Short(path)}' in the folders that Studio may read.") : Outside(path);
    }

    /// <summary>True if <paramref name="realPath"/>, with links resolved, is in one of the roots.</summary>
    public bool IsInside(string realPath) => _roots.Any(root => Contains(root, realPath));

    /// <summary>Resolves every link in <paramref name="path"/>, which must exist.</summary>
    public static string RealPath(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return Files.RealPath.Of(path);
        }
        catch (IOException)
        {
            throw new StudioRequestException(StatusCodes.Status403Forbidden, "The path contains too many links.");
        }
    }

    private static bool Contains(string root, string path) =>
        path.Equals(root, StringComparison.Ordinal)
        || path.StartsWith(
            root.EndsWith(System.IO.Path.DirectorySeparatorChar) ? root : root + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static StudioRequestException Outside(string path) =>
        new(StatusCodes.Status403Forbidden, $"'{RequestText.Short(path)}' is not in a folder that Studio may read (--root).");
}
