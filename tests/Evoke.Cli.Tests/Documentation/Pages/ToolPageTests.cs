namespace Evoke.Cli.Tests.Documentation.Pages;

[Page("src/Evoke.Cli/README.md")]
public sealed class ToolPageTests : PageTests
{
    private protected override async Task PrepareAsync() => File.Copy(await Films.ShortAsync(), Shell.File("film.mp4"));

    private protected override void Check() => ShouldExist("film.csv", "film.html");
}
