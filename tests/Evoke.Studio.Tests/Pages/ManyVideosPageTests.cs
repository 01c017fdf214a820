using System.IO.Compression;
using Evoke.Studio.Api;
using Microsoft.Playwright;

namespace Evoke.Studio.Tests.Pages;

/// <summary>Many videos on the page: selected by mouse and keyboard, tagged, removed and put back, exported, and compared by their scores.</summary>
public sealed class ManyVideosPageTests : PageTest
{
    [Fact]
    public async Task VideosAreSelectedByMouseAndByKeyboard()
    {
        ManyFilms.Add(Studio, await StudioFilms.EventfulAsync(), 8);
        IPage page = await OpenAsync();
        ILocator rows = page.Locator(".video"), count = page.Locator("#many-count"), boxes = page.Locator("#videos .pick");
        await rows.Nth(1).ClickAsync(new() { Modifiers = [KeyboardModifier.Control] });
        await Assertions.Expect(count).ToHaveTextAsync("1 selected");
        (await count.GetAttributeAsync("role")).ShouldBe("status", "the number is spoken");
        await rows.Nth(4).ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await Assertions.Expect(count).ToHaveTextAsync("4 selected");
        await rows.Nth(2).ClickAsync(new() { Modifiers = [KeyboardModifier.Control] });
        await Assertions.Expect(count).ToHaveTextAsync("3 selected");
        await Assertions.Expect(page.Locator("#video-name")).ToHaveTextAsync("film 008.mp4"); // selecting opens nothing

        await boxes.Nth(5).FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await Assertions.Expect(count).ToHaveTextAsync("4 selected");
        await boxes.Nth(7).FocusAsync();
        await page.Keyboard.PressAsync("Shift+Space");
        await Assertions.Expect(count).ToHaveTextAsync("6 selected");
        (await boxes.Nth(7).EvaluateAsync<bool>("box => box === document.activeElement && box.checked")).ShouldBeTrue("the focus stays");
        (await boxes.Nth(7).GetAttributeAsync("aria-label")).ShouldBe("Select film 001.mp4");
        await AuditAsync(page, "selecting");
        await ShootAsync(page, "select-1440");

        // What a filter hides stays selected; all and none are of what is shown.
        await page.Locator("#search").FillAsync("00");
        await page.Locator("#many-all").ClickAsync();
        await Assertions.Expect(count).ToHaveTextAsync("8 selected");
        await page.Locator("#many-all").ClickAsync();
        await Assertions.Expect(count).ToHaveTextAsync("0 selected");
        await page.Locator("#videos .pick").First.FocusAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#many")).ToBeHiddenAsync();
        Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task TagsNamesAndRemovalsAreSeenOnEveryPageAndARemovalIsUndone()
    {
        ManyFilms.Add(Studio, await StudioFilms.EventfulAsync(), 5);
        IPage page = await OpenAsync(), other = await OpenAsync();
        await page.Locator("#edit").ClickAsync();
        await page.Locator("#edit-name").FillAsync("Trailer 3/4");
        await page.Locator("#edit-new").FillAsync("trailer, horror");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#edit-error")).ToBeVisibleAsync(); // and what was typed is still there
        await page.Locator("#edit-name").FillAsync("Final trailer");
        await AuditAsync(page, "name and tags");
        await ShootAsync(page, "edit-1440");
        await page.Keyboard.PressAsync("Enter");
        foreach (IPage one in new[] { page, other })
        {
            await Assertions.Expect(one.Locator("#video-name")).ToHaveTextAsync("Final trailer");
            await Assertions.Expect(one.Locator(".video").First.Locator(".tags span")).ToHaveTextAsync(["horror", "trailer"]);
        }

        // Several at once: a tag that some have is left as it is unless its box is changed.
        await page.Locator("#select").ClickAsync();
        await page.Locator("#many-all").ClickAsync();
        await page.Locator("#many-tag").ClickAsync();
        (await page.Locator("#edit-tags").GetByLabel("horror").EvaluateAsync<bool>("box => box.indeterminate")).ShouldBeTrue();
        await page.Locator("#edit-tags").GetByLabel("trailer").ClickAsync();
        await page.Locator("#edit-new").FillAsync("2026");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(other.Locator(".tags span", new() { HasTextString = "2026" })).ToHaveCountAsync(5);
        await Assertions.Expect(other.Locator(".tags span", new() { HasTextString = "trailer" })).ToHaveCountAsync(5);
        await other.Locator("#tag").SelectOptionAsync("horror");
        await Assertions.Expect(other.Locator(".video b")).ToHaveTextAsync(["Final trailer"]);
        await other.Locator("#tag").SelectOptionAsync("");

        // Removed here, gone there; undone here, back there.
        await page.Locator("#many-all").ClickAsync();
        await page.Locator("#videos .pick").Nth(0).ClickAsync();
        await page.Locator("#videos .pick").Nth(2).ClickAsync();
        await page.Locator("#many-remove").ClickAsync();
        await Assertions.Expect(page.Locator("#delete-title")).ToHaveTextAsync("Remove 2 videos from the library?");
        await page.Locator("#delete-keep").ClickAsync();
        await Assertions.Expect(page.Locator(".video")).ToHaveCountAsync(3);
        await Assertions.Expect(other.Locator(".video")).ToHaveCountAsync(3);
        await Assertions.Expect(page.Locator("#video-name")).ToHaveTextAsync("film 004.mp4"); // the one that was open is gone
        await Assertions.Expect(page.Locator("#many-count")).ToHaveTextAsync("0 selected");
        await ShootAsync(page, "undo-1440");
        await page.Locator("#said").GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Assertions.Expect(page.Locator(".video")).ToHaveCountAsync(5);
        await Assertions.Expect(other.Locator(".video")).ToHaveCountAsync(5);
        await Assertions.Expect(page.Locator("#video-name")).ToHaveTextAsync("Final trailer");

        // What was not open is not opened.
        await page.Locator("#videos .pick").Nth(2).ClickAsync();
        await page.Locator("#many-remove").ClickAsync();
        await page.Locator("#delete-keep").ClickAsync();
        await Assertions.Expect(page.Locator(".video")).ToHaveCountAsync(4);
        await page.Locator("#said").GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await SaidAsync(page, "film 003.mp4 is back.");
        await Assertions.Expect(page.Locator(".video")).ToHaveCountAsync(5);
        await Assertions.Expect(page.Locator("#video-name")).ToHaveTextAsync("Final trailer");

        // Later, from the list of what was removed.
        await page.Locator("#delete").ClickAsync();
        await page.Locator("#delete-keep").ClickAsync();
        await Assertions.Expect(page.Locator("#removed-open")).ToHaveTextAsync("Recently removed: 1");
        await page.ReloadAsync();
        await page.Locator("#removed-open").ClickAsync();
        await AuditAsync(page, "removed");
        await ShootAsync(page, "removed-1440");
        await page.GetByRole(AriaRole.Button, new() { Name = "Put back Final trailer" }).ClickAsync();
        await Assertions.Expect(page.Locator(".video")).ToHaveCountAsync(5);
        await Assertions.Expect(page.Locator("#removed-open")).ToBeHiddenAsync();
        Errors.ShouldAllBe(error => error.Contains("400", StringComparison.Ordinal)); // the name with a slash
    }

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(800, 1000)]
    [InlineData(360, 760)]
    public async Task TheTableSortsFiltersExportsAndComparesTwo(int width, int height)
    {
        ManyFilms.Add(Studio, await StudioFilms.EventfulAsync(), 40);
        IPage page = await OpenAsync(width, height, theme: width == 800 ? "dark" : "light");
        if (width == 360)
        {
            await page.Locator("#rail-toggle").ClickAsync();
        }

        await page.Locator("#scores-open").ClickAsync();
        ILocator names = page.Locator("#scores-table tbody th .link"), arousal = page.GetByRole(AriaRole.Columnheader, new() { Name = "arousal" });
        await Assertions.Expect(names).ToHaveCountAsync(40);
        await Assertions.Expect(names.First).ToHaveTextAsync("film 040.mp4");
        await arousal.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(arousal).ToHaveAttributeAsync("aria-sort", "descending");
        await arousal.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(arousal).ToHaveAttributeAsync("aria-sort", "ascending");
        await Assertions.Expect(names.First).ToHaveTextAsync("film 001.mp4");

        await page.Locator("#scores-column").SelectOptionAsync("peak.arousal");
        await page.Locator("#scores-least").FillAsync("2");
        await Assertions.Expect(page.Locator("#scores-about")).ToHaveTextAsync("0 of 40 videos, by affect. None has a value in this range.");
        await page.Locator("#scores-least").FillAsync("0.9");
        await Assertions.Expect(names).ToHaveTextAsync(["film 036.mp4", "film 037.mp4", "film 038.mp4", "film 039.mp4", "film 040.mp4"]);
        await Assertions.Expect(page.Locator("#scores-about")).ToHaveTextAsync("5 of 40 videos, by affect.");
        await AuditAsync(page, "table");
        await ShootAsync(page, $"scores-{width}");
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
        IDownload csv = await page.RunAndWaitForDownloadAsync(() => page.Locator("#scores-csv").ClickAsync());
        string[] lines = await File.ReadAllLinesAsync(await csv.PathAsync(), TestContext.Current.CancellationToken);
        lines.Skip(1).Select(line => line[..line.IndexOf(',', StringComparison.Ordinal)]).ShouldBe(await names.AllInnerTextsAsync(), "as the table shows it");

        await page.Locator("#scores-table .pick").Nth(0).ClickAsync();
        await page.Locator("#scores-table .pick").Nth(4).ClickAsync();
        await Assertions.Expect(page.Locator("#many-count")).ToHaveTextAsync("2 selected");
        await ShootAsync(page, $"scores-many-{width}");
        foreach (string control in new[] { "#many-analyse", "#many-export", "#many-tag", "#many-compare", "#many-remove", "#many-done", "#scores-close" })
        {
            LocatorBoundingBoxResult box = (await page.Locator(control).BoundingBoxAsync())!;
            (box.X >= 0 && box.X + box.Width <= width && box.Y + box.Height <= height).ShouldBeTrue($"{control} is at {box.X}, {box.Y}");
        }

        await page.Locator("#many-compare").ClickAsync();
        await Assertions.Expect(page.Locator("#scores")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("#second-player")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#legend span")).ToHaveCountAsync(2);
        Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task SelectedVideosAreOneArchive()
    {
        ManyFilms.Add(Studio, await StudioFilms.EventfulAsync(), 3);
        IPage page = await OpenAsync();
        await page.Locator("#select").ClickAsync();
        await page.Locator("#many-all").ClickAsync();
        await page.Locator("#many-export").ClickAsync();
        await AuditAsync(page, "export");
        await ShootAsync(page, "export-many-1440");
        await page.Locator("#export-formats input[value=json]").CheckAsync();
        await page.Locator("#export-formats input[value=markers]").UncheckAsync();
        IDownload zip = await page.RunAndWaitForDownloadAsync(() => page.Locator("#export-dialog .primary").ClickAsync());
        await using ZipArchive archive = await ZipFile.OpenReadAsync(await zip.PathAsync(), TestContext.Current.CancellationToken);
        archive.Entries.Select(entry => entry.FullName).ShouldBe(
            ["film 003.csv", "film 003.json", "film 002.csv", "film 002.json", "film 001.csv", "film 001.json"]);
        Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(360, 760)]
    [InlineData(800, 1000)]
    public async Task ALibraryOf400IsUsableOnANarrowPage(int width, int height)
    {
        ManyFilms.Add(Studio, await StudioFilms.EventfulAsync(), 400);
        IPage page = await OpenAsync(width, height, theme: width == 360 ? "dark" : "light");
        if (width == 360)
        {
            await page.Locator("#rail-toggle").ClickAsync();
        }

        await Assertions.Expect(page.Locator(".video")).ToHaveCountAsync(400);
        await page.Locator("#select").ClickAsync();
        await page.Locator("#videos .pick").Nth(3).ClickAsync();
        await ShootAsync(page, $"select-{width}");
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
        foreach (string sort in new[] { "sort=name&order=asc", "sort=peak&emotion=pace&order=desc", "sort=mean&emotion=arousal&order=desc" })
        {
            // The page sorts as Studio does.
            string[] parts = [.. sort.Split('&').Select(part => part.Split('=')[1])];
            string option = parts.Length == 2 ? "name|asc|" : $"{parts[0]}|{parts[2]}|{parts[1]}";
            await page.Locator("#sort").SelectOptionAsync(option);
            string[] expected = [.. (await Studio.GetAsync<VideoView[]>($"/api/videos?model=affect&{sort}")).Select(video => video.Id)];
            (await page.EvaluateAsync<string[]>("[...document.querySelectorAll('.video')].map((row) => row.dataset.id)")).ShouldBe(expected);
        }

        Errors.ShouldBeEmpty();
    }
}
