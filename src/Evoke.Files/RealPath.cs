namespace Evoke.Files;

/// <summary>Resolves a path by following every link on the way.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class RealPath
{
    private const int MostLinks = 40; // as in the kernel: more is a loop

    /// <summary>Follows every link on the way to <paramref name="path"/>.</summary>
    /// <param name="path">A file or folder that exists; relative to the current folder, or whole.</param>
    /// <exception cref="IOException">There are too many links: they form a loop.</exception>
    public static string Of(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        path = Path.GetFullPath(path);
        int links = 0;
        string real = Path.GetPathRoot(path)!;
        Stack<string> rest = new();
        Push(rest, path[real.Length..]);
        while (rest.TryPop(out string? part))
        {
            string next = Path.GetFullPath(Path.Combine(real, part));
            string? target = Directory.Exists(next) ? new DirectoryInfo(next).LinkTarget : new FileInfo(next).LinkTarget;
            if (target is null)
            {
                real = next;
                continue;
            }

            if (++links > MostLinks)
            {
                throw new IOException($"{path}: there are too many links on the way.");
            }

            string followed = Path.GetFullPath(target, real);
            real = Path.GetPathRoot(followed)!;
            Push(rest, followed[real.Length..]);
        }

        return real;
    }

    private static void Push(Stack<string> rest, string path)
    {
        foreach (string piece in path.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            rest.Push(piece);
        }
    }
}
