using Evoke.Cli.Tests.Insights;

namespace Evoke.Cli.Tests.Documentation.Pages;

[Page("docs/decisions.md")]
public sealed class DecisionsPageTests : PageTests
{
    private protected override async Task PrepareAsync()
    {
        Directory.CreateDirectory(Shell.File("trailers"));
        string film = await Films.ShortAsync();
        File.Copy(film, Shell.File("trailers/old.mp4"));
        File.Copy(film, Shell.File("new.mp4"));
        File.Copy(film, Shell.File("film.mp4"));
        InsightFilms.WritePredictions(Shell.Folder, "curves", 20);
        File.Move(Shell.File("curves/film1.json"), Shell.File("curves/film.json"));
    }

    private protected override void Check() => ShouldExist("trailers.norms.json", "new.html", "new.json", "breaks.csv");
}
