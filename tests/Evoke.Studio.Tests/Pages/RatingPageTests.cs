using System.Globalization;
using System.Text;
using System.Text.Json;
using Evoke.Studio.Api;
using Evoke.Testing;
using Microsoft.Playwright;

namespace Evoke.Studio.Tests.Pages;

/// <summary>What viewers said, on the page: given, seen under the curves and in the table, moved, hidden, replaced and removed.</summary>
public sealed class RatingPageTests : PageTest
{
    private const string Plot = "document.getElementById('curves').toDataURL()";

    [Fact]
    public async Task RatingsAreGivenMovedHiddenAndRemovedAndAReloadKeepsThat()
    {
        VideoView video = await AnalysedAsync("cut.mp4");
        IPage page = await OpenAsync(), other = await OpenAsync(place: $"#{video.Id}");
        await UntilAsync(page, "document.querySelectorAll('#emotions .chip').length > 0");
        await Assertions.Expect(page.Locator("#ratings-body")).ToContainTextAsync("None yet.");
        (await page.Locator("#ratings-shown").IsVisibleAsync()).ShouldBeFalse();
        await DrawnAsync(page);
        string without = await page.EvaluateAsync<string>(Plot);

        await page.Locator("#ratings-add").ClickAsync();
        await AuditAsync(page, "the dialog");
        await page.SetInputFilesAsync("#ratings-files", [Table("two.csv", FilmRatings.Table("V1") + Rows(FilmRatings.Table("V2")))]);
        await page.Locator("#ratings-send").ClickAsync();
        await Assertions.Expect(page.Locator("#ratings-error")).ToContainTextAsync("two.csv: expected labels of 'cut'; found those of 'V1', 'V2'.");
        await ShootAsync(page, "ratings-dialog-1440");
        await page.Locator("#ratings-as").FillAsync("V2");
        await page.Locator("#ratings-first-lag").FillAsync("0.5");
        await page.Keyboard.PressAsync("Enter");
        await SaidAsync(page, "two.csv is shown with the curves of cut.mp4.");
        foreach (IPage one in new[] { page, other })
        {
            await Assertions.Expect(one.Locator("#ratings-body")).ToContainTextAsync("two.csv: 3 raters, joined by mean.");
            await Assertions.Expect(one.Locator("#ratings-body tbody th")).ToHaveTextAsync(["arousal", "pace"]);
            await Assertions.Expect(one.Locator("#ratings-lag")).ToHaveValueAsync("0.5");
        }

        await Assertions.Expect(page.Locator("#ratings-body")).ToContainTextAsync("Predicted, but not rated: motion, loudness.");
        await Assertions.Expect(page.Locator("#ratings-body")).ToContainTextAsync("the ratings of 'V2' are taken to be of this video.");
        await ScoresAreThoseOfTheApiAsync(page, video.Id);
        await UntilAsync(page, $"{Plot} !== {JsonSerializer.Serialize(without)}");
        string with = await page.EvaluateAsync<string>(Plot);

        await page.Locator("#ratings-lag").FillAsync("3");
        await page.Keyboard.PressAsync("Tab");
        await UntilAsync(page, $"{Plot} !== {JsonSerializer.Serialize(with)}");
        await Assertions.Expect(other.Locator("#ratings-lag")).ToHaveValueAsync("3");
        (await Studio.GetAsync<RatingsView>($"/api/videos/{video.Id}/ratings")).LagSeconds.ShouldBe(3);
        await ScoresAreThoseOfTheApiAsync(page, video.Id);

        // Behind the table of scores the plot has no width; it used to draw the raters' area there without an end.
        await page.Locator("#scores-open").ClickAsync();
        await Assertions.Expect(page.Locator("#scores-table tbody tr")).ToHaveCountAsync(1);
        await page.Locator("#scores-close").ClickAsync();
        await Assertions.Expect(page.Locator("#plot")).ToBeVisibleAsync();

        // Hidden: the zoom stays, and a reload comes back to it.
        await page.Locator("#zoom-in").ClickAsync();
        await page.Locator("#ratings-shown").ClickAsync();
        await UntilAsync(page, "location.hash.includes('ratings=hidden') && location.hash.includes('zoom=')");
        await Assertions.Expect(page.Locator("#ratings-shown")).ToHaveAttributeAsync("aria-pressed", "false");
        await page.Locator("#fit").ClickAsync();
        await UntilAsync(page, $"{Plot} === {JsonSerializer.Serialize(without)}");
        await UntilAsync(page, "!location.hash.includes('zoom=')");
        await page.ReloadAsync();
        await page.WaitForSelectorAsync("html[data-ready]");
        await Assertions.Expect(page.Locator("#ratings-shown")).ToHaveAttributeAsync("aria-pressed", "false");
        await UntilAsync(page, $"{Plot} === {JsonSerializer.Serialize(without)}");
        await page.Locator("#ratings-shown").ClickAsync();
        await UntilAsync(page, "!location.hash.includes('ratings=hidden')");
        await UntilAsync(page, $"{Plot} !== {JsonSerializer.Serialize(without)}");

        await page.Locator("#ratings-remove").ClickAsync();
        await Assertions.Expect(page.Locator("#ratings-removal-text")).ToContainTextAsync("“two.csv” is deleted from Studio");
        await AuditAsync(page, "the question before ratings are removed");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#ratings-shown")).ToBeVisibleAsync();
        (await Studio.GetAsync<RatingsView>($"/api/videos/{video.Id}/ratings")).Name.ShouldBe("two.csv");
        await page.Locator("#ratings-remove").ClickAsync();
        await page.Locator("#ratings-removal").GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await SaidAsync(page, "The ratings of cut.mp4 were removed.");
        foreach (IPage one in new[] { page, other })
        {
            await Assertions.Expect(one.Locator("#ratings-body")).ToContainTextAsync("None yet.");
            await Assertions.Expect(one.Locator("#ratings-shown")).ToBeHiddenAsync();
        }

        await UntilAsync(page, $"{Plot} === {JsonSerializer.Serialize(without)}");
        Errors.ShouldAllBe(error => error.Contains("422", StringComparison.Ordinal));
    }

    /// <summary>A published film with the ratings of real viewers (CEAP-360VR): they are of another video, which matters for the numbers only.</summary>
    [Fact]
    public async Task ARealFilmIsSeenWithRealRatingsAtEveryWidth()
    {
        string? clip = SourceTree.Clip("tears_of_steel_battle_70s.webm");
        string? ratings = SourceTree.Shared is { } shared ? Path.Combine(shared, "ratings", "ceap", "ratings.csv") : null;
        Assert.SkipUnless(clip is not null && File.Exists(ratings), "shared/videos or shared/ratings/ceap is missing.");
        VideoView video = await Studio.UploadAsync(clip, "V1.webm");
        (await Studio.JobEndAsync(video.Id)).Error.ShouldBeNull();
        RatingsView given = await FilmRatings.GiveAsync(Studio, video.Id, "?lag=2", ("ratings.csv", await File.ReadAllBytesAsync(ratings)));
        given.Comparison!.Scores.ShouldHaveSingleItem().Raters.ShouldBe(16);
        given.Comparison.OnlyRated.ShouldBe(["valence"]);
        foreach ((int width, int height, string theme) in new[] { (1440, 900, "light"), (1440, 900, "dark"), (800, 1100, "light"), (360, 800, "light") })
        {
            IPage page = await OpenAsync(width, height, $"#{video.Id}?layout=lanes", theme);
            await Assertions.Expect(page.Locator("#ratings-body tbody tr")).ToHaveCountAsync(1);
            await Assertions.Expect(page.Locator("#ratings-body")).ToContainTextAsync("Rated, but not predicted by this model: valence.");
            await UntilAsync(page, "document.getElementById('video').videoWidth > 0");
            await page.EvaluateAsync("document.getElementById('video').currentTime = 20");
            await page.Locator("#plot").ScrollIntoViewIfNeededAsync();
            await ShootAsync(page, $"ratings-{width}-{theme}");
            await page.Locator("#ratings-remove").ScrollIntoViewIfNeededAsync();
            await ShootAsync(page, $"ratings-table-{width}-{theme}");
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
            await AuditAsync(page, $"ratings, {width} {theme}");
        }

        Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task AFolderIsSentAsItsDataSetAndMistakesAreListedAsText()
    {
        VideoView video = await AnalysedAsync("cut.mp4");
        string home = Directory.CreateDirectory(Path.Combine(Studio.Folder, "study")).FullName;
        await File.WriteAllTextAsync(Path.Combine(home, "in.csv"), FilmRatings.Table("cut"));
        await EvokeProgram.RunInAsync(home, "dataset", "import", "in.csv", "--out", "set");
        await File.WriteAllTextAsync(Path.Combine(home, "set", "notes.txt"), "not for Studio");
        IPage page = await OpenAsync(place: $"#{video.Id}");
        await page.Locator("#ratings-give").ClickAsync();
        await page.SetInputFilesAsync("#ratings-files", [
            Table("<b>bad</b>.csv", "video,rater,seconds,arousal\ncut,r0,0,5\ncut,r0,1,<img src=x onerror=alert(1)>\ncut,r0,never,2\n")]);
        await page.Locator("#ratings-send").ClickAsync();
        await Assertions.Expect(page.Locator("#ratings-error")).ToContainTextAsync("<b>bad</b>.csv, row 3: expected ");
        await Assertions.Expect(page.Locator("#ratings-error")).ToContainTextAsync("row 4: expected ");
        (await page.Locator("#ratings-error *").CountAsync()).ShouldBe(0, "it is text");
        await page.SetInputFilesAsync("#ratings-folder", Path.Combine(home, "set"));
        await Assertions.Expect(page.Locator("#ratings-error")).ToBeHiddenAsync();
        await page.Locator("#ratings-send").ClickAsync();
        await Assertions.Expect(page.Locator("#ratings-body")).ToContainTextAsync("labels.csv: 3 raters, joined by mean.");
        string[] kept = [.. Directory.GetFiles(Path.Combine(Studio.Data, "ratings"), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
        kept.ShouldBe(["import.json", "labels.csv", "labels.scheme.json", "spread.csv", "spread.scheme.json"]);
        await ScoresAreThoseOfTheApiAsync(page, video.Id);
        Errors.ShouldAllBe(error => error.Contains("422", StringComparison.Ordinal));
    }

    private static FilePayload Table(string name, string text) => new() { Name = name, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) };

    private static string Rows(string table) => string.Join('\n', table.Split('\n')[1..]);

    private async Task ScoresAreThoseOfTheApiAsync(IPage page, string id)
    {
        RatingsView ratings = await Studio.GetAsync<RatingsView>($"/api/videos/{id}/ratings");
        string[] expected = [.. ratings.Comparison!.Scores.SelectMany(score => new[]
        {
            Number(score.Pearson), Number(score.Ccc), $"{Number(score.CeilingLow)} to {Number(score.CeilingHigh)}",
        })];
        await Assertions.Expect(page.Locator("#ratings-body tbody td")).ToHaveTextAsync(expected);
    }

    private static string Number(double? value) =>
        value!.Value.ToString("F2", CultureInfo.InvariantCulture).Replace('-', '−');
}
