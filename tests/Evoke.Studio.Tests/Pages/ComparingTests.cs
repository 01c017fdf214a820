using Evoke.Studio.Api;
using Evoke.Studio.Predictions;
using Microsoft.Playwright;

namespace Evoke.Studio.Tests.Pages;

/// <summary>Compares two cuts of one video by time and by content.</summary>
public sealed class ComparingTests : PageTest
{
    [Fact]
    public async Task TwoCutsAreComparedByTimeAndByContent()
    {
        VideoView longer = await AnalysedAsync("long.mp4");
        VideoView shorter = await Studio.UploadAsync(await StudioFilms.ShortenedAsync(without: 3), "without its first seconds.mp4");
        (await Studio.JobEndAsync(shorter.Id)).Error.ShouldBeNull();
        IPage page = await OpenAsync();
        await page.GetByTitle("long.mp4").ClickAsync();
        await page.WaitForSelectorAsync("#timeline:not([hidden])");
        await page.Locator("#compare").ClickAsync();
        await page.Locator("#candidates button").ClickAsync();
        await page.WaitForSelectorAsync("#second-player:not([hidden])");

        // By time, second 14 matches second 14; by content it matches second 11, since three seconds were cut.
        (await SecondClockAtAsync(page, 14)).ShouldBe(14, 0.3);
        await Assertions.Expect(page.Locator("#measures-toggle")).ToHaveTextAsync("Summary of A");
        await page.GetByRole(AriaRole.Button, new() { Name = "By content" }).ClickAsync();
        await UntilAsync(page, "document.querySelector('[data-align=content]').ariaPressed === 'true'");
        while (Math.Abs(await SecondClockAtAsync(page, 14) - 11) > 1.01)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken); // The alignment comes from the server.
        }

        await ShootAsync(page, "compare-1440");

        // What was cut out is a gap that says so, and whose sound is heard can be chosen.
        ComparisonView comparison = await Studio.GetAsync<ComparisonView>($"/api/compare?first={longer.Id}&second={shorter.Id}&align=content");
        int gap = Enumerable.Range(0, 24).First(second => comparison.SecondSeconds[second * 6] is null);
        await page.Keyboard.PressAsync("Home");
        for (int i = 0; i < gap; i++)
        {
            await page.Keyboard.PressAsync("ArrowRight");
        }

        await UntilAsync(page, "document.getElementById('second-player').classList.contains('missing')");
        (await page.Locator("#players figcaption").AllInnerTextsAsync()).ShouldBe(["A · long.mp4", "B · without its first seconds.mp4"]);
        await page.Locator("[data-heard=second]").ClickAsync();
        (await page.EvaluateAsync<bool>("document.getElementById('video').muted && !document.getElementById('second-video').muted")).ShouldBeTrue();

        LocatorBoundingBoxResult box = (await page.Locator("#plot").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + 60);
        (await page.Locator("#tip div").First.InnerTextAsync()).ShouldMatch(@"[+−]0\.\d{3}", "the difference is told");
        (await page.Locator("#tip p span").AllTextContentsAsync()).ShouldBe(["A", "B", "B − A"]);

        await page.Locator("#take").ClickAsync();
        IDownload download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Menuitem, new() { Name = "Comparison" }).ClickAsync());
        download.SuggestedFilename.ShouldBe("long and without its first seconds.html");
        string file = Path.Combine(Studio.Folder, "comparison.html");
        await download.SaveAsAsync(file);
        IPage offline = await page.Context.NewPageAsync();
        await offline.GotoAsync(new Uri(file).AbsoluteUri);
        (await offline.TextContentAsync("#other"))!.ShouldStartWith("compared by content with B · without its first seconds.mp4");
        await offline.Locator("#plot").HoverAsync();
        (await offline.Locator("#tip p span").AllTextContentsAsync()).ShouldBe(["A", "B", "B − A"]);
        await ShootAsync(offline, "comparison-page");

        await page.GetByRole(AriaRole.Button, new() { Name = "One over the other" }).ClickAsync();
        LocatorBoundingBoxResult first = (await page.Locator("#first-player").BoundingBoxAsync())!;
        LocatorBoundingBoxResult second = (await page.Locator("#second-player").BoundingBoxAsync())!;
        (second.X, second.Width).ShouldBe((first.X, first.Width));
        await ShootAsync(page, "compare-over-1440");
        await page.Locator("#compare").ClickAsync();
        await Assertions.Expect(page.Locator("#second-player")).ToBeHiddenAsync();
        Errors.ShouldBeEmpty();
    }

    private static async Task<double> SecondClockAtAsync(IPage page, int seconds)
    {
        await page.Locator("#plot").FocusAsync();
        await page.Keyboard.PressAsync("Home");
        for (int i = 0; i < seconds; i++)
        {
            await page.Keyboard.PressAsync("ArrowRight");
        }

        await UntilAsync(page, "!document.getElementById('second-video').seeking");
        return await page.EvaluateAsync<double>("document.getElementById('second-video').currentTime");
    }
}
