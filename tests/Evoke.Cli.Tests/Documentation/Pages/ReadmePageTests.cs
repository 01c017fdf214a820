namespace Evoke.Cli.Tests.Documentation.Pages;

[Page("README.md")]
public sealed class ReadmePageTests : PageTests
{
    private protected override (string Printed, string Run)[] Changes => [("./evoke demo", "./evoke demo --films 5 --seconds 10")];

    private protected override async Task PrepareAsync() => File.Copy(await Films.ShortAsync(), Shell.File("film.mp4"));

    private protected override void Check() => ShouldExist("film.csv", "film.html", "demo/film.html", "demo/learning/run/report.html");
}
