namespace Evoke.Curves.Tests.Architecture;

/// <summary>The arrows of docs/architecture.md: Files ← Curves ← Media ← Encoders ← Heads ← Training; Cluster stands on Training, Studio on Heads, Cli on
/// all.</summary>
public sealed class DependencyTests
{
    private static readonly Dictionary<string, string[]> s_mayUse = new(StringComparer.Ordinal)
    {
        ["Evoke.Files"] = [],
        ["Evoke.Curves"] = ["Evoke.Files"],
        ["Evoke.Media"] = ["Evoke.Files", "Evoke.Curves"],
        ["Evoke.Encoders"] = ["Evoke.Files", "Evoke.Curves", "Evoke.Media"],
        ["Evoke.Heads"] = ["Evoke.Files", "Evoke.Curves", "Evoke.Media", "Evoke.Encoders"],
        ["Evoke.Training"] = ["Evoke.Files", "Evoke.Curves", "Evoke.Media", "Evoke.Encoders", "Evoke.Heads"],
        ["Evoke.Cluster"] = ["Evoke.Files", "Evoke.Curves", "Evoke.Media", "Evoke.Encoders", "Evoke.Heads", "Evoke.Training"],
        ["Evoke.Studio"] = ["Evoke.Files", "Evoke.Curves", "Evoke.Media", "Evoke.Encoders", "Evoke.Heads"],
        ["Evoke.Cli"] = ["Evoke.Files", "Evoke.Curves", "Evoke.Media", "Evoke.Encoders", "Evoke.Heads", "Evoke.Cluster", "Evoke.Training", "Evoke.Studio"],
    };

    private static readonly string[] s_notForManagedRooms = ["TorchSharp", "libtorch", "OnnxRuntime", "SkiaSharp", "Sqlite", "SQLitePCL", "ScottPlot", "PureHDF"];

    public static TheoryData<string> Rooms => [.. Room.Names];

    public static TheoryData<string> ManagedRooms => ["Evoke.Files", "Evoke.Curves", "Evoke.Media"];

    [Fact]
    public void EveryRoomIsKnown() => Room.Names.ShouldBe(s_mayUse.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Rooms))]
    public void ProjectsReferOnlyToTheLeft(string room) => new Room(room).ProjectReferences().ShouldBeSubsetOf(s_mayUse[room]);

    [Theory]
    [MemberData(nameof(Rooms))]
    public void AssembliesReferOnlyToTheLeft(string room)
    {
        string[]? references = new Room(room).AssemblyReferences();
        Assert.SkipWhen(references is null, $"{room} has not been built in this configuration.");
        references!.Where(name => name.StartsWith("Evoke.", StringComparison.Ordinal)).ShouldBeSubsetOf(s_mayUse[room]);
    }

    [Theory]
    [MemberData(nameof(ManagedRooms))]
    public void FilesCurvesAndMediaAreManagedCodeOnly(string room)
    {
        string[]? native = new Room(room).PackagesWithNativeCode();
        Assert.SkipWhen(native is null, $"{room} has not been restored.");
        native.ShouldBeEmpty();
        string[] names = [.. new Room(room).PackageReferences(), .. new Room(room).AssemblyReferences() ?? []];
        names.Where(name => s_notForManagedRooms.Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase))).ShouldBeEmpty();
    }

    [Fact]
    public void NativeCodeIsSeenWhereItIs()
    {
        string[]? native = new Room("Evoke.Encoders").PackagesWithNativeCode();
        Assert.SkipWhen(native is null, "Evoke.Encoders has not been restored.");
        native.ShouldContain(package => package.StartsWith("Microsoft.ML.OnnxRuntime/", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void EveryRoomHasItsTests(string room) =>
        File.Exists(Path.Combine(Room.Root, "tests", $"{room}.Tests", $"{room}.Tests.csproj")).ShouldBeTrue();
}
