using Evoke.Testing;

namespace Evoke.Cli.Tests.Documentation.Pages;

[Page("docs/testing.md")]
public sealed class TestingPageTests : PageTests
{
    private static readonly string s_fuzz = Path.Combine(Repository.Root, "tests", "Evoke.Fuzz", "bin", "Release", "net10.0", "linux-x64", "Evoke.Fuzz");

    // The program that was built with these tests, and few inputs.
    private protected override (string Printed, string Run)[] Changes =>
    [
        ("dotnet run -c Release --project tests/Evoke.Fuzz --", $"'{s_fuzz}'"),
        ("--inputs 100000", "--inputs 2"),
    ];

    private protected override Task PrepareAsync()
    {
        Assert.SkipUnless(File.Exists(s_fuzz), $"{s_fuzz} has not been built.");
        Directory.CreateDirectory(Shell.File("findings"));
        ExpandedWeights.Write(Shell.File("findings/pth-7-1234.pth"), [("weight", [2, 3])]);
        return Task.CompletedTask;
    }
}
