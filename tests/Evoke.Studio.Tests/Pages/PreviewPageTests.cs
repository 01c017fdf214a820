using Evoke.Studio.Api;
using Microsoft.Playwright;

namespace Evoke.Studio.Tests.Pages;

/// <summary>A video that browsers cannot play is shown through its preview.</summary>
public sealed class PreviewPageTests : PageTest
{
    [Fact]
    public async Task ACopyIsMadeAndPlaysOnTheFilmsOwnClock()
    {
        VideoView video = await Studio.UploadAsync(await StudioFilms.UnplayableAsync());
        (await Studio.JobEndAsync(video.Id)).Error.ShouldBeNull();
        IPage page = await OpenAsync(place: $"#{video.Id}");
        await UntilAsync(page, "document.getElementById('video').videoWidth > 0");
        (await page.EvaluateAsync<double>("document.getElementById('video').duration")).ShouldBe(24, 0.2);
        await Assertions.Expect(page.Locator("#first-player .cover")).ToBeHiddenAsync();
        await page.Locator(".moment").First.ClickAsync();
        await UntilAsync(page, "!document.getElementById('video').paused");
        await ShootAsync(page, "preview-1440");
        Errors.ShouldBeEmpty();
    }
}
