using System.Globalization;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Documentation.Pages;

[Page("docs/emo-film.md")]
public sealed class EmoFilmPageTests : PageTests
{
    // The ratings are made: their list stands in for that of the published files.
    private protected override (string Printed, string Run)[] Changes =>
    [
        ("dataset emo-film", "dataset emo-film --list list.tsv --ratings ratings"),
        ("--recipe demo", "--recipe demo" + PageMaterial.Quick),
    ];

    private protected override async Task PrepareAsync()
    {
        Directory.CreateDirectory(Shell.File("films"));
        foreach ((string title, string file, int seconds) in new[]
        {
            ("Chatter", "01 chatter (hd).mp4", 405), ("ToClaireFromSonny", "To Claire From Sonny.mp4", 402), ("BigBuckBunny", "big_buck_bunny.mp4", 490),
        })
        {
            EmoFilmRatings.Write(Shell.Folder, title, seconds);
            File.Copy(await GrayAsync(seconds), Shell.File("films/" + file));
        }

        File.Copy(await Films.ShortAsync(), Shell.File("other-film.mp4"));
    }

    private protected override void Check() => ShouldExist("data/ratings.html", "predictions/other-film.html");

    private static Task<string> GrayAsync(int seconds) => TestFilms.MakeAsync(
        string.Create(CultureInfo.InvariantCulture, $"gray{seconds}.mp4"), "-f", "lavfi", "-i", "color=c=gray:s=32x32:r=2",
        "-t", seconds.ToString(CultureInfo.InvariantCulture), "-c:v", "libx264", "-preset", "ultrafast");
}
