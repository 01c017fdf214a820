using System.Text;
using Evoke.Insights.Norms;
using Evoke.Studio.Api;
using Evoke.Studio.Predictions;
using Evoke.Studio.Storage;
using Evoke.Testing;
using Microsoft.Playwright;

namespace Evoke.Studio.Tests.Pages;

/// <summary>The summary above the curves, what it is compared with, and places for breaks.</summary>
public sealed class SummaryPanelTests : PageTest
{
    [Theory]
    [InlineData(1440, 900)]
    [InlineData(800, 1000)]
    [InlineData(360, 760)]
    public async Task TheSummaryAndTheBreaksOfAFilmAreSeenAndLeadToTheirPlaces(int width, int height)
    {
        VideoView video = await ScenesAsync();
        IPage page = await OpenAsync(width, height, $"#{video.Id}", width == 800 ? "dark" : "light");
        await Assertions.Expect(page.Locator("#measures-list .measure")).ToHaveCountAsync(13);
        await Assertions.Expect(page.Locator("#break-list li")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator("#measures-note")).ToContainTextAsync("There is no norm");
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
        await AuditAsync(page, $"summary at {width}");
        await ShootAsync(page, $"summary-{width}");

        // The page that Studio exports says the same.
        string[] shown = await TextsAsync(page, "#measures-list .measure");
        IPage export = await page.Context.NewPageAsync();
        await export.SetContentAsync(await Studio.Client.GetStringAsync($"/api/videos/{video.Id}/export/html", TestContext.Current.CancellationToken));
        await Assertions.Expect(export.Locator("#summary .measure")).ToHaveCountAsync(13);
        (await TextsAsync(export, "#summary .measure")).ShouldBe(shown);
        await export.CloseAsync();

        // A time leads there, and so does a place for a break, in the list and under the curves.
        await page.Locator("[data-key='calmest.seconds'] button").ClickAsync();
        double calmest = await page.EvaluateAsync<double>("document.getElementById('video').currentTime");
        calmest.ShouldBeGreaterThan(30);
        ILocator first = page.Locator("#break-list .break").First;
        string at = await first.Locator(".at").InnerTextAsync();
        await first.ClickAsync();
        await Assertions.Expect(page.Locator("#clock")).ToContainTextAsync(at);
        await page.Locator("#break-marks button").Nth(1).ClickAsync();
        await Assertions.Expect(page.Locator("#clock")).ToContainTextAsync(await page.Locator("#break-list .at").Nth(1).InnerTextAsync());
        await page.Locator("#breaks").ScrollIntoViewIfNeededAsync();
        await ShootAsync(page, $"breaks-{width}");
        await page.Locator("#breaks-gap").SelectOptionAsync("300");
        await Assertions.Expect(page.Locator("#break-list li")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#breaks-youtube")).ToBeHiddenAsync();
        IDownload csv = await page.RunAndWaitForDownloadAsync(() => page.Locator("#breaks-csv").ClickAsync());
        csv.SuggestedFilename.ShouldBe("scenes-breaks.csv");
        Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task TheSummaryIsClosedAndStaysSo()
    {
        VideoView video = await AnalysedAsync("cut.mp4");
        IPage page = await OpenAsync(place: $"#{video.Id}");
        await Assertions.Expect(page.Locator("#measures-list .measure").First).ToBeVisibleAsync();
        await page.Locator("#measures-toggle").ClickAsync();
        await Assertions.Expect(page.Locator("#measures-list")).ToBeHiddenAsync();
        await UntilAsync(page, "location.hash.includes('summary=closed')");
        await ShootAsync(page, "summary-closed-1440");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#measures-toggle")).ToHaveAttributeAsync("aria-expanded", "false");
        await page.GotoAsync(Studio.Address.ToString());
        await Assertions.Expect(page.Locator("#measures-toggle")).ToHaveAttributeAsync("aria-expanded", "false");
        await page.Locator("#measures-toggle").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#measures-list .measure").First).ToBeVisibleAsync();
        await UntilAsync(page, "!location.hash.includes('summary=')");
        Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task APublishedClipHasItsSummary()
    {
        string? path = SourceTree.Clip("tears_of_steel_battle_70s.webm");
        Assert.SkipWhen(path is null, "shared/videos/tears_of_steel_battle_70s.webm is missing.");
        VideoView video = await Studio.UploadAsync(path);
        (await Studio.JobEndAsync(video.Id)).Error.ShouldBeNull();
        IPage page = await OpenAsync(place: $"#{video.Id}");
        await Assertions.Expect(page.Locator("#measures-list .measure")).ToHaveCountAsync(13);
        await ShootAsync(page, "summary-tears");
        Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task TheSummaryIsComparedWithTheLibraryOrATagAndTheChoiceStays()
    {
        string[] ids = ManyFilms.Add(Studio, await StudioFilms.EventfulAsync(), 25);
        Studio.Service<TagTable>().Change(ids[..5], ["trailer"], []);
        IPage page = await OpenAsync(place: $"#{ids[19]}");
        ILocator standing = page.Locator("[data-key='opening_3s.arousal'] .standing"), note = page.Locator("#measures-note");
        await page.Locator("#norm").SelectOptionAsync("library");
        await Assertions.Expect(standing).ToHaveTextAsync("higher than 79\u00a0% of 24\u00a0videos");
        await Assertions.Expect(note).ToHaveTextAsync("Percentiles are among the videos of the library, without this video.");
        await AuditAsync(page, "percentiles");
        await ShootAsync(page, "norm-library-1440");
        await UntilAsync(page, "location.hash.includes('norm=library')");
        await page.ReloadAsync();
        await Assertions.Expect(standing).ToHaveTextAsync("higher than 79\u00a0% of 24\u00a0videos");
        await Assertions.Expect(page.Locator("#norm")).ToHaveValueAsync("library");
        (await page.Locator("#take").GetAttributeAsync("aria-expanded")).ShouldBe("false");
        await page.Locator("#take").ClickAsync();
        (await page.GetByRole(AriaRole.Menuitem, new() { Name = "HTML a single" }).GetAttributeAsync("href"))!.ShouldEndWith("&norm=library");
        await page.Keyboard.PressAsync("Escape");

        // A video leaves the library elsewhere: one fewer to compare with.
        using StringContent first = new($"{{\"videos\": [\"{ids[0]}\"]}}", Encoding.UTF8, "application/json");
        (await Studio.TryAsync(HttpMethod.Post, "/api/removed", first)).Status.ShouldBe(200);
        await Assertions.Expect(standing).ToHaveTextAsync("higher than 78\u00a0% of 23\u00a0videos");

        await page.Locator("#norm").SelectOptionAsync("tag:trailer");
        await Assertions.Expect(note).ToHaveTextAsync(
            "There are no percentiles among the videos tagged “trailer”: a percentile needs 20 other videos with this number; the norm has 4.");
        await Assertions.Expect(standing).ToHaveCountAsync(0);
        await UntilAsync(page, "new URLSearchParams(location.hash.split('?')[1]).get('norm') === 'tag:trailer'");
        await page.Locator("#norm").SelectOptionAsync("");
        await Assertions.Expect(note).ToContainTextAsync("There is no norm");
        await UntilAsync(page, "!location.hash.includes('norm=')");
        Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(360, 760)]
    public async Task ANormsFileIsAddedChosenAndDeleted(int width, int height)
    {
        string[] ids = ManyFilms.Add(Studio, await StudioFilms.EventfulAsync(), 25);
        using TemporaryFolder folder = new();
        string file = folder.File("trailers.norms.json"), bad = folder.File("notes.json");
        NormFile.Write(Norm.Of("trailers", Studio.Service<MeasureShelf>().Members("affect").Values), file);
        await File.WriteAllTextAsync(bad, "{}", TestContext.Current.CancellationToken);
        IPage page = await OpenAsync(width, height, $"#{ids[19]}");
        await page.Locator("#norms-open").ClickAsync();
        await page.SetInputFilesAsync("#norms-file", bad);
        await Assertions.Expect(page.Locator("#norms-error")).ToContainTextAsync("notes.json is not a norm of 'evoke norms make'");
        await AuditAsync(page, "norms with an error");
        await page.SetInputFilesAsync("#norms-file", file);
        await Assertions.Expect(page.Locator("#norms-list li")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#norms-error")).ToBeHiddenAsync();
        await AuditAsync(page, "norms");
        await ShootAsync(page, $"norms-{width}");
        await page.Locator("#norms-dialog").GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        ILocator standing = page.Locator("[data-key='opening_3s.arousal'] .standing");
        await Assertions.Expect(standing).ToHaveTextAsync("higher than 79\u00a0% of 24\u00a0videos");
        await Assertions.Expect(page.Locator("#measures-note")).ToHaveTextAsync("Percentiles are among trailers, without this video.");
        await UntilAsync(page, "decodeURIComponent(location.hash).includes('norm=file:')");
        await page.ReloadAsync();
        await Assertions.Expect(standing).ToHaveTextAsync("higher than 79\u00a0% of 24\u00a0videos");

        await page.Locator("#norms-open").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete trailers" }).ClickAsync();
        await Assertions.Expect(page.Locator("#norms-none")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#norm")).ToHaveValueAsync("");
        await Assertions.Expect(standing).ToHaveCountAsync(0);

        // A link to a file that is gone says so, and shows the video.
        await page.GotoAsync("about:blank");
        await page.GotoAsync($"{Studio.Address}#{ids[19]}?norm=file:0123456789abcdef");
        await SaidAsync(page, "The norms file that was chosen has been deleted.");
        await Assertions.Expect(page.Locator("#measures-note")).ToContainTextAsync("There is no norm");
        Errors.Where(error => !error.Contains("422", StringComparison.Ordinal)).ShouldBeEmpty(); // Chromium reports the refused file
    }

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(360, 760)]
    public async Task TheTableSortsAndFiltersByTheSummary(int width, int height)
    {
        ManyFilms.Add(Studio, await StudioFilms.EventfulAsync(), 25);
        IPage page = await OpenAsync(width, height);
        if (width == 360)
        {
            await page.Locator("#rail-toggle").ClickAsync();
        }

        await page.Locator("#scores-open").ClickAsync();
        await page.Locator("#scores-kind").SelectOptionAsync("Summary");
        ILocator names = page.Locator("#scores-table tbody th .link");
        ILocator ending = page.GetByRole(AriaRole.Columnheader, new() { Name = "arousal in the last 8 s" });
        await ending.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(names.First).ToHaveTextAsync("film 025.mp4");
        await page.Locator("#scores-norm").SelectOptionAsync("library");
        await page.Locator("#scores-kind").SelectOptionAsync("Percentile");
        await page.Locator("#scores-column").SelectOptionAsync("ending.arousal.percentile");
        await page.Locator("#scores-least").FillAsync("90");
        await Assertions.Expect(names).ToHaveTextAsync(["film 025.mp4", "film 024.mp4", "film 023.mp4"]);
        await AuditAsync(page, "table with percentiles");
        await ShootAsync(page, $"scores-percentiles-{width}");
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
        IDownload csv = await page.RunAndWaitForDownloadAsync(() => page.Locator("#scores-csv").ClickAsync());
        (await File.ReadAllTextAsync(await csv.PathAsync(), TestContext.Current.CancellationToken)).ShouldContain(",ending.arousal.percentile,");
        await page.Locator("#scores-close").ClickAsync();
        await Assertions.Expect(page.Locator("#norm")).ToHaveValueAsync("library");
        Errors.ShouldBeEmpty();
    }

    private async Task<VideoView> ScenesAsync()
    {
        string film = Path.Combine(Studio.Root, "scenes.mp4");
        await StudioFilms.WriteScenesAsync(film);
        VideoView video = (await Studio.AddAsync(film)).Single();
        (await Studio.JobEndAsync(video.Id)).Error.ShouldBeNull();
        return video;
    }

    private static Task<string[]> TextsAsync(IPage page, string cards) => page.EvaluateAsync<string[]>(
        """
        (cards) => [...document.querySelectorAll(cards)]
          .map((card) => [card.dataset.key, ...[...card.children].map((part) => part.textContent)].join('|'))
        """,
        cards);
}
