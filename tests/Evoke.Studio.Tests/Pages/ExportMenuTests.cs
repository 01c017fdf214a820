using System.Text;
using System.Text.Json;
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
        int formats = await page.GetByRole(AriaRole.Menuitem).CountAsync();
        await page.Keyboard.PressAsync("Escape");
        Dictionary<string, byte[]> saved = [];
        for (int i = 0; i < formats; i++)
        {
            await page.Locator("#take").ClickAsync();
            IDownload download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Menuitem).Nth(i).ClickAsync());
            saved.Add(download.SuggestedFilename, await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken));
        }

        saved.Count.ShouldBe(8, string.Join(", ", saved.Keys));
        string Text(string ending) => Encoding.UTF8.GetString(saved.Single(file => file.Key.EndsWith(ending, StringComparison.Ordinal)).Value);
        saved.Keys.ShouldAllBe(name => name.StartsWith("my cut", StringComparison.Ordinal));
        JsonDocument.Parse(Text(".json")).RootElement.ValueKind.ShouldBe(JsonValueKind.Object);
        Text(".vtt").ShouldStartWith("WEBVTT");
        Text(".html").ShouldContain("<!doctype html>", Case.Insensitive);
        Text(".edl").ShouldStartWith("TITLE:");
        saved.Single(file => file.Key.EndsWith(".png", StringComparison.Ordinal)).Value.AsSpan(1, 3).SequenceEqual("PNG"u8).ShouldBeTrue();
        Errors.ShouldBeEmpty();
    }
}
