namespace Evoke.Cli.Tests.Documentation.Pages;

[Page("README.md")]
public sealed class ReadmePageTests : PageTests
{
    // DemoTests trains on films.
    private protected override (string Printed, string Run)[] Changes => [("./evoke demo", "./evoke demo --films 0")];

    private protected override async Task PrepareAsync() => File.Copy(await Films.ShortAsync(), Shell.File("film.mp4"));

    private protected override void Check() => ShouldExist("film.csv", "film.html", "demo/film.html");
}
