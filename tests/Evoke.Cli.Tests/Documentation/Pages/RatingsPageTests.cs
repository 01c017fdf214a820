using System.Globalization;
using System.Text;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Documentation.Pages;

[Page("docs/ratings.md")]
public sealed class RatingsPageTests : PageTests
{
    private const int Seconds = 12;

    private static readonly string[] s_clips = ["one", "two", "three", "four", "five", "six"];

    private protected override async Task PrepareAsync()
    {
        string ratings = Directory.CreateDirectory(Shell.File("ratings")).FullName, clips = Directory.CreateDirectory(Shell.File("clips")).FullName;
        foreach (int rater in Enumerable.Range(1, 3))
        {
            await File.WriteAllTextAsync(Path.Combine(ratings, $"P{rater}.csv"), Table(rater), TestContext.Current.CancellationToken);
        }

        foreach ((int i, string clip) in s_clips.Index())
        {
            File.Copy(await TestFilms.FlashesAndBeepsAsync(Seconds, [1 + (0.5 * i), 4, 9]), Path.Combine(clips, clip + ".mp4"));
        }
    }

    private protected override void Check() => ShouldExist("predictions/one.html", "run/report.html", "data/ratings.html");

    private static string Table(int rater)
    {
        StringBuilder table = new("clip,time,valence\n");
        foreach ((int i, string clip) in s_clips.Index())
        {
            for (int second = 0; second < Seconds; second++)
            {
                table.Append(CultureInfo.InvariantCulture, $"{clip},{second},{Math.Sin((second * 0.7) + i + (rater * 0.2)):0.000}\n");
            }
        }

        return table.ToString();
    }
}
