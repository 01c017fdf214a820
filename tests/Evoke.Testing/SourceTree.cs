namespace Evoke.Testing;

/// <summary>The location of the repository, for tests that compare its documentation with its code.</summary>
public static class SourceTree
{
    /// <summary>The folder of Evoke.slnx, found by walking up from the tests; null where they run without their sources.</summary>
    public static string? Root { get; } = FindUpwards("Evoke.slnx");

    /// <summary>The folder "shared" beside the repository, with clips and weights to try things on; null if there is none.</summary>
    public static string? Shared { get; } = Root is { } root && Path.Combine(root, "..", "shared") is var shared && Directory.Exists(shared)
        ? Path.GetFullPath(shared) : null;

    /// <summary>A real clip from the folder "shared/videos"; null where it is missing.</summary>
    public static string? Clip(string name) => Shared is { } shared && Path.Combine(shared, "videos", name) is var path && File.Exists(path) ? path : null;

    private static string? FindUpwards(string fileName)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, fileName)))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
