using Evoke.Testing;

namespace Evoke.Cli.Tests.Documentation.Pages;

[Page("docs/rank.md")]
public sealed class RankPageTests : PageTests
{
    private protected override async Task PrepareAsync()
    {
        Directory.CreateDirectory(Shell.File("videos/series"));
        File.Copy(await Films.ShortAsync(), Shell.File("videos/film.mp4"));
        File.Copy(await TestFilms.FlashesAndBeepsAsync(12, [2, 3, 7]), Shell.File("videos/series/ep01.mp4"));
    }

    private protected override void Check()
    {
        ShouldExist("ranking.csv", "ranking.parquet", "scenes.csv", "all.parquet", "ranking/series/ep01.json");
    }
}
