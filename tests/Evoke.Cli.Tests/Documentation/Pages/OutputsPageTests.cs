namespace Evoke.Cli.Tests.Documentation.Pages;

[Page("docs/outputs.md")]
public sealed class OutputsPageTests : PageTests
{
    private protected override async Task PrepareAsync()
    {
        Directory.CreateDirectory(Shell.File("videos"));
        File.Copy(await Films.ShortAsync(), Shell.File("videos/film.mp4"));
        await RunAsync("evoke extract videos --audio none --out descriptors");
        await RunAsync("evoke features export descriptors --modality visual --out own.h5");
    }

    private protected override void Check() => ShouldExist("features/film.safetensors");
}
