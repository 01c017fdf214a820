using Evoke.Files;

namespace Evoke.Media.Videos;

/// <summary>Finds the files below a folder, whatever links and permissions it contains.</summary>
internal static class FolderSearch
{
    private static readonly EnumerationOptions Visible = new() { IgnoreInaccessible = false };

    /// <summary>All wanted files that are not hidden, each folder searched once however many links lead to it; a folder that cannot be read is returned
    /// itself.</summary>
    public static IEnumerable<string> FilesBelow(string folder, Func<string, bool> isWanted)
    {
        HashSet<string> searched = new(StringComparer.Ordinal);
        Stack<string> left = new([folder]);
        while (left.TryPop(out string? next))
        {
            if (!searched.Add(RealPath.Of(next)))
            {
                continue;
            }

            List<string> files;
            try
            {
                files = [.. Directory.EnumerateFiles(next, "*", Visible).Where(isWanted)];
                // Folders are searched in order, so that of two links to one folder the same one counts on every machine.
                foreach (string subfolder in Directory.EnumerateDirectories(next, "*", Visible).OrderDescending(StringComparer.Ordinal))
                {
                    left.Push(subfolder);
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                files = [next];
            }

            foreach (string file in files)
            {
                yield return file;
            }
        }
    }
}
