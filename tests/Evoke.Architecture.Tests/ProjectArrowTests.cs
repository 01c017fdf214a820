namespace Evoke.Architecture.Tests;

/// <summary>References between projects are those of docs/architecture.md and run one way.</summary>
public sealed class ProjectArrowTests
{
    private static readonly string[] s_notForManagedProjects = ["TorchSharp", "libtorch", "OnnxRuntime", "SkiaSharp", "Sqlite", "SQLitePCL", "PureHDF"];

    public static TheoryData<string> Projects => [.. SourceProject.Names];

    public static TheoryData<string> ManagedProjects => ["Evoke.Files", "Evoke.Curves", "Evoke.Pages", "Evoke.Media"];

    [Fact]
    public void ThePageListsEveryProject() => ArchitecturePage.MayUse.Keys.Order(StringComparer.Ordinal).ShouldBe(SourceProject.Names);

    [Fact]
    public void NoProjectUsesItself() =>
        ArchitecturePage.MayUse.Keys.Where(project => ArchitecturePage.Closure(project).Contains(project)).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Projects))]
    public void ProjectFilesReferToWhatThePageSays(string project) =>
        new SourceProject(project).ProjectReferences().Order(StringComparer.Ordinal).ShouldBe(ArchitecturePage.MayUse[project].Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Projects))]
    public void AssembliesReferToNothingElse(string project) =>
        new SourceProject(project).AssemblyReferences().Where(name => name.StartsWith("Evoke.", StringComparison.Ordinal))
            .ShouldBeSubsetOf(ArchitecturePage.Closure(project));

    [Theory]
    [MemberData(nameof(Projects))]
    public void NoProjectOpensItsInsideToAnotherButItsTestsAndBenchmarks(string project) =>
        new SourceProject(project).Friends()
            .Where(friend => !friend.EndsWith(".Tests", StringComparison.Ordinal) && friend is not ("Evoke.Bench" or "Evoke.Fuzz"))
            .ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Projects))]
    public void EveryProjectHasItsTests(string project) =>
        File.Exists(Path.Combine(SourceProject.Root, "tests", $"{project}.Tests", $"{project}.Tests.csproj")).ShouldBeTrue();

    [Theory]
    [MemberData(nameof(ManagedProjects))]
    public void ManagedProjectsBringNoNativeCode(string project)
    {
        SourceProject it = new(project);
        it.PackagesWithNativeCode().ShouldBeEmpty();
        string[] names = [.. it.PackageReferences(), .. it.AssemblyReferences()];
        names.Where(name => s_notForManagedProjects.Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase))).ShouldBeEmpty();
    }

    [Fact]
    public void NativeCodeIsSeenWhereItIs() =>
        new SourceProject("Evoke.Encoders").PackagesWithNativeCode()
            .ShouldContain(package => package.StartsWith("Microsoft.ML.OnnxRuntime/", StringComparison.Ordinal));
}
