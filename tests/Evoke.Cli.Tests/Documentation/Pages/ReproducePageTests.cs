namespace Evoke.Cli.Tests.Documentation.Pages;

/// <remarks>Five films stand in for EEV, and descriptors, which are the default, for networks.</remarks>
[Page("docs/reproduce.md")]
public sealed class ReproducePageTests : PageTests
{
    // The winners' recipe averages weights from epoch 20 on.
    private static readonly string s_quick = PageMaterial.Quick.Replace("epochs=2", "epochs=21", StringComparison.Ordinal) + " --set train.validate_every=21";

    private protected override (string Printed, string Run)[] Changes =>
    [
        (" --precision bfloat16", ""),
        (" --visual swin-l --audio vggish", ""),
        (" --visual inception-v3 --audio vggish", ""),
        (" --visual se-resnext101-l2 --audio vggish", ""),
        ("dataset fetch", "dataset fetch --pause 0"),
        ("--recipe paper", "--recipe paper" + PageMaterial.Quick),
        ("--recipe merged", "--recipe merged" + PageMaterial.Quick),
        ("reproduce --data eev", "reproduce --data eev" + s_quick),
        ("dataset demo", "dataset demo --videos 5 --seconds 10"),
        ("reproduce --data demo", "reproduce --data demo --tables 3 --seeds 1" + PageMaterial.Quick),
    ];

    private protected override Task PrepareAsync()
    {
        Directory.CreateDirectory(Shell.File("eev"));
        return PageMaterial.MakeEevAsync(Shell, "eev/");
    }

    private protected override void Check() => ShouldExist("eev/submission.csv", "eev/reproduction/tables.html", "demo/reproduction/tables.html");
}
