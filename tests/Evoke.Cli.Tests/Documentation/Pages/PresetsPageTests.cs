using Evoke.Testing;

namespace Evoke.Cli.Tests.Documentation.Pages;

[Page("docs/presets.md")]
public sealed class PresetsPageTests : PageTests
{
    private protected override Task PrepareAsync()
    {
        OnnxModel.Means(512, 3, [2, 3], "N", 3, 224, 224).Save(Shell.File("clip-vit-b-32.onnx"));
        return Task.CompletedTask;
    }

    private protected override void Check() => Directory.GetFiles(Shell.File("curves"), "*.csv").Length.ShouldBe(5);
}
