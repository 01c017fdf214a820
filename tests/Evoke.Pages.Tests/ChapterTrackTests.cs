using System.Text;
using System.Text.Json;
using Evoke.Curves.Export.Chapters;
using Evoke.Testing.Browser;
using Microsoft.Playwright;

namespace Evoke.Pages.Tests;

/// <summary>Chapters as a browser reads them.</summary>
public sealed class ChapterTrackTests(SharedChromium chromium)
{
    private const string Page = """<!doctype html><video><track kind="chapters" src="chapters.vtt" default></video>""";

    private const string Cues = """
        () => new Promise((done, fail) => {
          const element = document.querySelector('track');
          const read = () => done([...element.track.cues].map((cue) =>
            [cue.id, cue.startTime, cue.endTime, cue.getCueAsHTML().textContent, cue.getCueAsHTML().childElementCount]));
          element.addEventListener('load', read);
          element.addEventListener('error', () => fail(new Error('the track was not loaded')));
          element.track.mode = 'hidden';
          if (element.readyState === HTMLTrackElement.LOADED) read();
        })
        """;

    [Fact]
    public async Task ABrowserReadsEveryChapterWithItsTitle()
    {
        Chapter[] chapters = [new(75.25, "R&D <b>peak</b> --> \u201cü😀\u201d"), new(3661.5, "&amp; end"), new(12.0005, "elation\n\npeak")];
        using MemoryStream track = new();
        WebVttChapters.Write(chapters, 7200, track);

        JsonElement cues = await ReadAsync(Encoding.UTF8.GetString(track.ToArray()));

        cues.EnumerateArray().Select(cue => (cue[0].GetString(), cue[1].GetDouble(), cue[2].GetDouble(), cue[3].GetString(), cue[4].GetInt32())).ShouldBe(
        [
            ("chapter-1", 0, 12, "opening", 0), ("chapter-2", 12, 75.25, "elation  peak", 0),
            ("chapter-3", 75.25, 3661.5, "R&D <b>peak</b> --> \u201cü😀\u201d", 0), ("chapter-4", 3661.5, 7200, "&amp; end", 0),
        ]);
    }

    private async Task<JsonElement> ReadAsync(string track)
    {
        HeadlessChromium browser = await chromium.BrowserOrSkipAsync();
        await using IBrowserContext context = await browser.OpenContextAsync();
        IPage page = await context.NewPageAsync();
        await page.RouteAsync("**/*", route => route.FulfillAsync(route.Request.Url.EndsWith(".vtt", StringComparison.Ordinal)
            ? new() { Body = track, ContentType = "text/vtt" }
            : new() { Body = Page, ContentType = "text/html" }));
        await page.GotoAsync("http://chapters.test/");
        return (await page.EvaluateAsync(Cues))!.Value;
    }
}
