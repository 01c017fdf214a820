namespace Evoke.Cli.Tests.Documentation.Pages;

[Page("docs/start.md")]
public sealed class StartPageTests : PageTests
{
    private protected override async Task PrepareAsync() => File.Copy(await Films.ShortAsync(), Shell.File("film.mp4"));

    private protected override void Check() => ShouldExist("film.csv", "film.html", "film.json", "demo/film.html");
}
