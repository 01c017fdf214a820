using Microsoft.Playwright;

namespace Evoke.Studio.Tests.Pages;

/// <summary>Videos are dropped, or named in a folder of this machine; the library finds them and lets them go.</summary>
public sealed class AddingTests : PageTest
{
    // A browser hands over what was dropped as a list of files: the same list, of a film's true bytes.
    private const string Drop = """
        async (names) => {
          const bytes = await (await fetch('/film-to-drop')).blob();
          const transfer = new DataTransfer();
          for (const name of names) transfer.items.add(new File([bytes], name, { type: 'video/mp4' }));
          const fire = (type) => document.querySelector('#work').dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }));
          fire('dragenter'); fire('dragover');
          const shown = !document.getElementById('drop').hidden;
          fire('drop');
          return shown;
        }
        """;

    [Fact]
    public async Task SeveralFilmsAreDroppedAtOnce()
    {
        IPage page = await OpenAsync();
        byte[] film = await File.ReadAllBytesAsync(await StudioFilms.EventfulAsync(), TestContext.Current.CancellationToken);
        await page.RouteAsync("**/film-to-drop", route => route.FulfillAsync(new() { BodyBytes = film, ContentType = "video/mp4" }));
        (await page.EvaluateAsync<bool>(Drop, new[] { "rough cut.mp4", "final cut.mp4" })).ShouldBeTrue("the page says that it takes what hovers over it");
        await Assertions.Expect(page.Locator(".video svg")).ToHaveCountAsync(2);
        (await page.Locator(".video b").AllInnerTextsAsync()).ShouldBe(["final cut.mp4", "rough cut.mp4"], ignoreOrder: true);
        (await page.Locator("#drop").IsHiddenAsync()).ShouldBeTrue();
        Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task AFolderOfThisMachineIsBrowsedAndAdded()
    {
        string reel = Path.Combine(Studio.Root, "reel one");
        Directory.CreateDirectory(reel);
        string film = await StudioFilms.EventfulAsync();
        File.Copy(film, Path.Combine(reel, "a.mp4"));
        File.Copy(film, Path.Combine(reel, "b.mp4"));
        await File.WriteAllTextAsync(Path.Combine(reel, "notes.txt"), "not a film", TestContext.Current.CancellationToken);
        IPage page = await OpenAsync();
        await page.Locator("#add").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = Studio.Root + "/" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "reel one/" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "a.mp4" }).WaitForAsync();
        (await page.Locator("#folder button").AllInnerTextsAsync()).ShouldBe(["← up", "a.mp4", "b.mp4"]);
        await ShootAsync(page, "folder-1440");
        await page.Locator("#add-folder").ClickAsync();
        await Assertions.Expect(page.Locator(".video svg")).ToHaveCountAsync(2);
        File.Exists(Path.Combine(reel, "a.mp4")).ShouldBeTrue();
        Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task TheLibraryIsSearchedAndSorted()
    {
        await AnalysedAsync("long.mp4", 24);
        await AnalysedAsync("short.mp4", 12);
        IPage page = await OpenAsync();
        ILocator names = page.Locator(".video b");
        await page.Locator("#sort").SelectOptionAsync(new SelectOptionValue { Label = "Longest" });
        await Assertions.Expect(names).ToHaveTextAsync(["long.mp4", "short.mp4"]);
        await page.Locator("#sort").SelectOptionAsync(new SelectOptionValue { Label = "Name" });
        await Assertions.Expect(names).ToHaveTextAsync(["long.mp4", "short.mp4"]);
        (await page.Locator("#sort option").AllInnerTextsAsync()).ShouldContain("Peak arousal");
        await page.Locator("#search").FillAsync("hor");
        await Assertions.Expect(names).ToHaveTextAsync(["short.mp4"]);
        Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("#delete-file", false)]
    [InlineData("#delete-keep", true)]
    public async Task DeletingAsksFirst(string answer, bool kept)
    {
        await AnalysedAsync("cut.mp4");
        string[] Uploads() => FilesIn("uploads");
        Uploads().ShouldHaveSingleItem();
        IPage page = await OpenAsync();
        await page.Locator(".video").ClickAsync();
        await page.Locator("#delete").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Assertions.Expect(page.Locator(".video")).ToHaveCountAsync(1);
        await page.Locator("#delete").ClickAsync();
        await page.Locator(answer).ClickAsync();
        await page.WaitForSelectorAsync("#library-empty:not([hidden])");
        (await Studio.GetAsync<Api.VideoView[]>("/api/videos")).ShouldBeEmpty();
        Uploads().ShouldBeEmpty();
        FilesIn("kept").Length.ShouldBe(kept ? 1 : 0);
        Errors.ShouldBeEmpty();
    }

    private string[] FilesIn(string folder) => Path.Combine(Studio.Data, folder) is var path && Directory.Exists(path) ? Directory.GetFiles(path) : [];
}
