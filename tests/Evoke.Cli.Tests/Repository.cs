namespace Evoke.Cli.Tests;

/// <summary>The checkout that these tests were built from.</summary>
internal static class Repository
{
    /// <summary>The folder that holds Evoke.slnx.</summary>
    public static string Root { get; } = Find();

    /// <summary>A clip from the folder of real videos beside the checkout; null if there is none.</summary>
    public static string? Clip(string name)
    {
        string path = Path.Combine(Root, "..", "shared", "videos", name);
        return File.Exists(path) ? Path.GetFullPath(path) : null;
    }

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Evoke.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No Evoke.slnx above {AppContext.BaseDirectory}.");
    }
}
