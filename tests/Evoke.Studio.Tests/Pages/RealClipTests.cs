using Evoke.Studio.Api;
using Evoke.Testing;
using Microsoft.Playwright;

namespace Evoke.Studio.Tests.Pages;

/// <summary>Published videos from the web: three containers, three codecs.</summary>
public sealed class RealClipTests : PageTest
{
    [Theory]
    [InlineData("bbb_480p_30s.mp4")]
    [InlineData("tears_of_steel_battle_70s.webm")]
    [InlineData("sintel_trailer_52s.ogv")] // Theora, which Chromium no longer plays: shown through its preview
    public async Task AClipIsSeenWithItsCurvesAndMoments(string clip)
    {
        string? path = SourceTree.Clip(clip);
        Assert.SkipWhen(path is null, $"shared/videos/{clip} is missing.");
        VideoView video = await Studio.UploadAsync(path);
        (await Studio.JobEndAsync(video.Id)).Error.ShouldBeNull();
        IPage page = await OpenAsync(place: $"#{video.Id}");
        await UntilAsync(page, "document.getElementById('video').videoWidth > 0");
        int moments = await page.Locator(".moment").CountAsync();
        moments.ShouldBeGreaterThan(0);
        await page.Locator(".moment").Last.ClickAsync();
        await UntilAsync(page, "!document.getElementById('video').paused && document.getElementById('video').currentTime > 0");
        await UntilAsync(page, "document.querySelector('.moment img').naturalWidth > 0");
        await ShootAsync(page, Path.GetFileNameWithoutExtension(clip));
        Errors.ShouldBeEmpty();
    }
}
