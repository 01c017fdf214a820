namespace Evoke.Cli.Tests.Documentation.Pages;

[Page("docs/own-backbone.md")]
public sealed class OwnBackbonePageTests : PageTests
{
    private protected override Task PrepareAsync()
    {
        PageMaterial.CopyNetwork("mobilenet_v2.onnx", Shell.File("mine.onnx"), """{ "output": "embedding" }""");
        return Task.CompletedTask;
    }

    private protected override void Check()
    {
        Directory.GetFiles(Shell.File("curves"), "*.csv").Length.ShouldBe(5);
        ShouldExist("run-imported/best.safetensors");
    }
}
