using System.Reflection;

namespace Evoke.Cli.Tests;

/// <summary>One direction: Curves ← Media ← Encoders ← Heads ← Training; Cli knows all, Studio knows Heads and what is left of it.</summary>
public sealed class DependencyArrowTests
{
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Evoke.Curves"] = [],
        ["Evoke.Media"] = ["Evoke.Curves"],
        ["Evoke.Encoders"] = ["Evoke.Curves", "Evoke.Media"],
        ["Evoke.Heads"] = ["Evoke.Curves", "Evoke.Media", "Evoke.Encoders"],
        ["Evoke.Training"] = ["Evoke.Curves", "Evoke.Media", "Evoke.Encoders", "Evoke.Heads"],
        ["Evoke.Studio"] = ["Evoke.Curves", "Evoke.Media", "Evoke.Encoders", "Evoke.Heads"],
        ["Evoke.Cli"] = ["Evoke.Curves", "Evoke.Media", "Evoke.Encoders", "Evoke.Heads", "Evoke.Training", "Evoke.Studio"],
    };

    // Managed code only: these two must be light enough for any program.
    private static readonly string[] NeverInTheLightRooms = ["TorchSharp", "Microsoft.ML.OnnxRuntime", "Microsoft.Data.Sqlite", "PureHDF"];

    public static TheoryData<string> Rooms => [.. MayUse.Keys];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void ARoomKnowsOnlyWhatIsToItsLeft(string room)
    {
        IEnumerable<string> used = References(room).Where(name => name.StartsWith("Evoke.", StringComparison.Ordinal));

        used.Except(MayUse[room]).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Evoke.Curves")]
    [InlineData("Evoke.Media")]
    public void TheLightRoomsHaveNoNativeCompany(string room) => References(room).Intersect(NeverInTheLightRooms).ShouldBeEmpty();

    [Fact]
    public void EveryRoomIsUnderTheRule()
    {
        string source = Path.Combine(Repository.Root, "src");

        Directory.GetDirectories(source).Select(Path.GetFileName).ShouldBe(MayUse.Keys, ignoreOrder: true);
    }

    private static IEnumerable<string> References(string room) =>
        Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, $"{room}.dll")).GetReferencedAssemblies().Select(name => name.Name!);
}
