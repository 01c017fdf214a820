using Evoke.Studio.Api;
using Microsoft.Playwright;

namespace Evoke.Studio.Tests.Pages;

/// <summary>The page while Studio is gone, and what it hears of other pages.</summary>
public sealed class ConnectionTests : PageTest
{
    [Fact]
    public async Task ThePageSaysThatStudioIsGoneAndNothingElseAndComesBackByItself()
    {
        string folder = Path.Combine(Studio.Folder, "another studio");
        RunningStudio first = await RunningStudio.StartAsync(folder: folder);
        VideoView video = await first.UploadAsync(await StudioFilms.EventfulAsync(), "cut.mp4");
        (await first.JobEndAsync(video.Id)).Error.ShouldBeNull();
        IPage page = await OpenAsync();
        await page.GotoAsync(first.Address.ToString());
        await page.WaitForSelectorAsync("#timeline:not([hidden])");
        int port = first.Address.Port;

        await first.DisposeAsync();

        await Assertions.Expect(page.Locator("#gone")).ToBeVisibleAsync();
        // The player stops where its buffer ends, and the video is chosen again: neither is the fault of the video.
        await page.EvaluateAsync("document.getElementById('video').dispatchEvent(new Event('error'))");
        await page.Locator(".video").ClickAsync();
        await page.EvaluateAsync("fetch('/api/status').catch(() => {})"); // by then the page has had the answer to its own question
        await DrawnAsync(page);
        await ShootAsync(page, "gone-1440");
        (await page.Locator("#pending, .cover").Filter(new() { Visible = true }).CountAsync()).ShouldBe(0);
        (await page.TextContentAsync("#said")).ShouldBeEmpty();
        (await page.Locator("#timeline").IsVisibleAsync()).ShouldBeTrue("what is there stays");

        await using RunningStudio again = await RunningStudio.StartAsync(options => options with { Port = port }, folder: folder);
        await Assertions.Expect(page.Locator("#gone")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator(".chip")).ToHaveCountAsync(4);
        await UntilAsync(page, "document.getElementById('video').readyState > 0");

        // Another page deletes the video: this one hears of it.
        (await again.Client.DeleteAsync($"/api/videos/{video.Id}?file=true", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        await Assertions.Expect(page.Locator("#welcome")).ToBeVisibleAsync();
        await SaidAsync(page, "cut.mp4 was removed from the library.");
        await Assertions.Expect(page.Locator(".video")).ToHaveCountAsync(0);
    }
}
