namespace Evoke.Testing;

/// <summary>Damaged and hostile files: most are in the folder Hostile, large ones in "shared/hostile" beside the repository.</summary>
public static class HostileFile
{
    /// <summary>The path of a file; null where a large one is missing.</summary>
    public static string? Find(string name)
    {
        string here = Path.Combine(AppContext.BaseDirectory, "Hostile", name);
        return File.Exists(here) ? here
            : SourceTree.Shared is { } shared && Path.Combine(shared, "hostile", name) is var there && File.Exists(there) ? there
            : null;
    }

    /// <summary>The path of a file of the folder Hostile.</summary>
    public static string PathOf(string name) => Find(name) ?? throw new FileNotFoundException($"There is no hostile file '{name}'.");
}
