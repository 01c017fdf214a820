using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Evoke.Studio.Api;
using Microsoft.Playwright;

namespace Evoke.Studio.Tests.Pages;

/// <summary>Every export in the menu, as the browser saves it.</summary>
public sealed class ExportMenuTests : PageTest
{
    [Fact]
    public async Task EveryFormatIsSavedUnderANameOfItsOwnAndIsWhatItSays()
    {
        VideoView video = await AnalysedAsync("my cut.mp4");
        IPage page = await OpenAsync(place: $"#{video.Id}");
        await page.WaitForSelectorAsync("#timeline:not([hidden])");
        await page.Locator("#take").ClickAsync();
        await ShootAsync(page, "take-1440");
        (await page.GetByRole(AriaRole.Menuitem).CountAsync()).ShouldBe(14);
        ILocator formats = page.Locator("#menu a");
        int count = await formats.CountAsync();
        (await page.Locator("#menu [aria-disabled]").AllTextContentsAsync()).ShouldHaveSingleItem()
            .ShouldStartWith("YouTube chaptersYouTube shows chapters only if there are at least 3 of at least 10 s; ");
        await page.Keyboard.PressAsync("Escape");
        Dictionary<string, byte[]> saved = [];
        for (int i = 0; i < count; i++)
        {
            await page.Locator("#take").ClickAsync();
            IDownload download = await page.RunAndWaitForDownloadAsync(() => formats.Nth(i).ClickAsync());
            saved.Add(download.SuggestedFilename, await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken));
        }

        saved.Count.ShouldBe(13, string.Join(", ", saved.Keys));
        string Text(string ending) => Encoding.UTF8.GetString(saved.Single(file => file.Key == $"my cut{ending}").Value);
        saved.Keys.ShouldAllBe(name => name.StartsWith("my cut", StringComparison.Ordinal));
        JsonDocument.Parse(Text(".json")).RootElement.ValueKind.ShouldBe(JsonValueKind.Object);
        Text(".vtt").ShouldStartWith("WEBVTT");
        Text(".html").ShouldContain("<!doctype html>", Case.Insensitive);
        Text(".edl").ShouldStartWith("TITLE:");
        XDocument.Parse(Text(".eaf")).Descendants("MEDIA_DESCRIPTOR").Single().Attribute("RELATIVE_MEDIA_URL")!.Value.ShouldBe("./my cut.mp4");
        JsonDocument.Parse(Text(".otio")).RootElement.GetProperty("OTIO_SCHEMA").GetString().ShouldBe("Timeline.1");
        Text(".fcpxml").ShouldContain("src=\"./my%20cut.mp4\"");
        Text("-chapters.vtt").ShouldStartWith("WEBVTT\n\nchapter-1\n");
        saved.Single(file => file.Key.EndsWith(".png", StringComparison.Ordinal)).Value.AsSpan(1, 3).SequenceEqual("PNG"u8).ShouldBeTrue();
        Errors.ShouldBeEmpty();
    }
}
