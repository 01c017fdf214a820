namespace Evoke.Architecture.Tests;

/// <summary>References between the folders of a project run one way too.</summary>
public sealed class FolderTests
{
    public static TheoryData<string> Projects => [.. SourceProject.Names];

    [Theory]
    [MemberData(nameof(Projects))]
    public void NoFoldersUseEachOther(string project)
    {
        var uses = TypeUses.Of(project);
        string[] cycles =
        [
            .. uses.Folders.Where(arrow => CanReach(uses.Folders, arrow.To, arrow.From))
            .Select(arrow => $"{arrow.From} -> {arrow.To} ({uses.Example(arrow)})").Order(StringComparer.Ordinal),
        ];
        cycles.ShouldBeEmpty();
    }

    [Fact]
    public void ACycleIsFoundHoweverLong()
    {
        HashSet<(string From, string To)> arrows = [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")];

        CanReach(arrows, "b", "a").ShouldBeTrue();
        CanReach(arrows, "d", "c").ShouldBeFalse();
    }

    [Fact]
    public void ArrowsAreSeenWhereTheyAre() =>
        TypeUses.Of("Evoke.Tensors").Folders.ShouldContain(("Evoke.Tensors.Numpy", "Evoke.Tensors"));

    private static bool CanReach(IReadOnlySet<(string From, string To)> arrows, string from, string to)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        Stack<string> open = new([from]);
        while (open.TryPop(out string? folder))
        {
            if (folder == to)
            {
                return true;
            }

            if (seen.Add(folder))
            {
                foreach ((_, string next) in arrows.Where(arrow => arrow.From == folder))
                {
                    open.Push(next);
                }
            }
        }

        return false;
    }
}
