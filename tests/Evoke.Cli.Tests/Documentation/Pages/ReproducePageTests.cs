namespace Evoke.Cli.Tests.Documentation.Pages;

/// <remarks>Five films stand in for EEV, and Swin-T for Swin-L.</remarks>
[Page("docs/reproduce.md")]
public sealed class ReproducePageTests : PageTests
{
    private protected override (string Printed, string Run)[] Changes =>
    [
        ("swin-l", "swin-t"),
        ("dataset fetch", "dataset fetch --pause 0"),
        ("--recipe paper", "--recipe paper" + PageMaterial.Quick),
        ("--recipe merged", "--recipe merged" + PageMaterial.Quick),
        ("reproduce --data eev", "reproduce --data eev" + PageMaterial.Quick),
        ("dataset demo", "dataset demo --videos 5 --seconds 10"),
        ("reproduce --data demo", "reproduce --data demo --seeds 1" + PageMaterial.Quick),
    ];

    private protected override async Task PrepareAsync()
    {
        Directory.CreateDirectory(Shell.File("eev"));
        await PageMaterial.MakeEevAsync(Shell, "eev/");
        await PageMaterial.InstallWeightsAsync(Shell, "swin-t", "vggish", "inception-v3", "se-resnext101");
    }

    private protected override void Check() => ShouldExist("eev/submission.csv", "eev/reproduction/tables.html", "demo/reproduction/tables.html");
}
