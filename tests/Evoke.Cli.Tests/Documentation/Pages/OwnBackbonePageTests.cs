namespace Evoke.Cli.Tests.Documentation.Pages;

[Page("docs/own-backbone.md")]
public sealed class OwnBackbonePageTests : PageTests
{
    private protected override async Task PrepareAsync()
    {
        File.Copy(PageMaterial.MobileNet(), Shell.File("mine.onnx"));

        // This one has two outputs.
        await File.WriteAllTextAsync(Shell.File("mine.onnx.json"), """{ "output": "embedding" }""", TestContext.Current.CancellationToken);
    }

    private protected override void Check()
    {
        Directory.GetFiles(Shell.File("curves"), "*.csv").Length.ShouldBe(5);
        ShouldExist("run-imported/best.safetensors");
    }
}
