namespace Evoke.Cli.Tests.Documentation.Pages;

[Page("docs/small-data.md")]
public sealed class SmallDataPageTests : PageTests
{
    private protected override async Task PrepareAsync()
    {
        PageMaterial.WriteLabels(Shell.Folder, "tr1.csv", ["train"], 8);
        PageMaterial.WriteLabels(Shell.Folder, "va1.csv", ["val"], 3);
        await RunAsync("evoke features export features --modality visual --out visual.h5");
        await RunAsync("evoke features export features --modality audio --out audio.h5");
        Directory.Delete(Shell.File("features"), recursive: true);
    }

    private protected override void Check()
    {
        ShouldExist("part1/best.safetensors");
        File.ReadAllText(Shell.File("part1/run.json")).ShouldContain("small-data");
    }
}
