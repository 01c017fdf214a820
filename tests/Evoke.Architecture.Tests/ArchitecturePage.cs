namespace Evoke.Architecture.Tests;

/// <summary>The table of projects in docs/architecture.md: what each may use.</summary>
internal static class ArchitecturePage
{
    /// <summary>The projects that each project names as those that it uses directly, by full name.</summary>
    public static IReadOnlyDictionary<string, string[]> MayUse { get; } = Read();

    /// <summary>What a project may use, and what those may use.</summary>
    public static IReadOnlySet<string> Closure(string project)
    {
        HashSet<string> found = new(StringComparer.Ordinal);
        Stack<string> open = new(MayUse[project]);
        while (open.TryPop(out string? next))
        {
            if (found.Add(next))
            {
                foreach (string further in MayUse[next])
                {
                    open.Push(further);
                }
            }
        }

        return found;
    }

    // | `src/Evoke.Media` | what is in a video … | Curves |
    private static Dictionary<string, string[]> Read() => File.ReadLines(Path.Combine(SourceProject.Root, "docs", "architecture.md"))
        .Where(line => line.StartsWith("| `src/", StringComparison.Ordinal))
        .Select(line => line.Trim('|', ' ').Split(" | "))
        .ToDictionary(cells => cells[0].Trim('`', ' ')["src/".Length..], cells => UsesOf(cells[^1]), StringComparer.Ordinal);

    private static string[] UsesOf(string cell) => cell.Trim() == "nothing" ? [] : [.. cell.Split(',').Select(name => $"Evoke.{name.Trim()}")];
}
