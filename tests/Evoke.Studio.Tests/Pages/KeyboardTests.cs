using System.Text.Json;
using Evoke.Studio.Api;
using Microsoft.Playwright;

namespace Evoke.Studio.Tests.Pages;

/// <summary>Tests keyboard and screen reader access.</summary>
public sealed class KeyboardTests : PageTest
{
    // The accessible name of every reachable control, and the contrast of its text with the background.
    private const string Audit = """
        () => {
          const visible = (node) => node.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true });
          const named = (node) => node.getAttribute('aria-label')
            || (node.getAttribute('aria-labelledby') && document.getElementById(node.getAttribute('aria-labelledby'))?.textContent)
            || node.labels?.[0]?.textContent || node.textContent || node.title || node.placeholder;
          const channels = (color) => { const [r, g, b, a = 1] = color.match(/[\d.]+/g).map(Number); return { rgb: [r, g, b], a }; };
          const light = ({ rgb }) => rgb.map((c) => c / 255)
            .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
            .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
          const behind = (node) => {
            for (let at = node; at; at = at.parentElement) {
              const color = channels(getComputedStyle(at).backgroundColor);
              if (color.a > 0.5) return color;
            }
            return { rgb: [255, 255, 255] };
          };
          const faint = [];
          for (const node of document.querySelectorAll('body *')) {
            const words = [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim());
            if (!words || !visible(node) || node.closest('canvas, video, option')) continue;
            const [high, low] = [light(channels(getComputedStyle(node).color)), light(behind(node))].sort((a, b) => b - a);
            const ratio = (high + 0.05) / (low + 0.05);
            if (ratio < 4.5) faint.push(`${node.textContent.trim().slice(0, 30)} ${ratio.toFixed(2)}`);
          }
          const ids = [...document.querySelectorAll('[id]')].map((node) => node.id);
          return {
            nameless: [...document.querySelectorAll('button, a, input:not([hidden]), select, [role=slider], [tabindex]')]
              .filter((node) => visible(node) && !named(node)?.trim())
              .map((node) => node.outerHTML.slice(0, 80)),
            faint,
            twice: ids.filter((id, i) => ids.indexOf(id) !== i),
            pictures: [...document.querySelectorAll('img:not([alt])')].length,
          };
        }
        """;

    [Fact]
    public async Task AnEditorsKeysMoveThePlayhead()
    {
        VideoView video = await AnalysedAsync("cut.mp4");
        IPage page = await OpenAsync(place: $"#{video.Id}");
        await page.WaitForSelectorAsync("#timeline:not([hidden])");
        await UntilAsync(page, "document.getElementById('video').readyState > 0");
        await page.Keyboard.PressAsync("l");
        await page.Keyboard.PressAsync("l");
        await UntilAsync(page, "!document.getElementById('video').paused && document.getElementById('video').playbackRate === 2");
        await page.Keyboard.PressAsync("k");
        await page.Keyboard.PressAsync("End");
        (await TimeAsync(page)).ShouldBe(24, 0.2);
        await page.Keyboard.PressAsync("j");
        await UntilAsync(page, "document.getElementById('video').currentTime < 23.5");
        await page.Keyboard.PressAsync("k");

        // Frame by frame, at 25 frames per second.
        await page.Keyboard.PressAsync("Home");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync(".");
        await page.Keyboard.PressAsync(".");
        await page.Keyboard.PressAsync(",");
        (await page.TextContentAsync("#timecode")).ShouldBe("00:00:01:01");
        Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task EveryMomentIsVisitedInTheOrderOfTheCardsAndPlaysOnFromThere()
    {
        VideoView video = await AnalysedAsync("cut.mp4");
        IPage page = await OpenAsync(1440, 700, $"#{video.Id}");
        ILocator cards = page.Locator(".moment");
        await UntilAsync(page, "document.getElementById('video').readyState > 0");
        int count = await cards.CountAsync();
        foreach (string key in new[] { "n", "p" })
        {
            for (int i = 0; i < count; i++)
            {
                int at = key == "n" ? i : count - 1 - i;
                if (key == "n" || i > 0)
                {
                    await page.Keyboard.PressAsync(key);
                }

                (await page.Locator(".moment[aria-current=true]").CountAsync()).ShouldBe(1);
                (await cards.Nth(at).GetAttributeAsync("aria-current")).ShouldBe("true", $"after {key}, {i}");
                LocatorBoundingBoxResult card = (await cards.Nth(at).BoundingBoxAsync())!, panel = (await page.Locator("#moments").BoundingBoxAsync())!;
                (card.Y >= panel.Y && card.Y + card.Height <= panel.Y + panel.Height).ShouldBeTrue("the card is in view");
            }
        }

        // Space plays wherever the focus is: it does not press the card again, which would jump back.
        await cards.First.ClickAsync();
        await UntilAsync(page, "!document.getElementById('video').paused");
        await page.Keyboard.PressAsync("Space");
        await UntilAsync(page, "document.getElementById('video').paused");
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.PressAsync("Shift+ArrowLeft");
        await page.Keyboard.PressAsync("Space");
        await UntilAsync(page, "!document.getElementById('video').paused");
        (await TimeAsync(page)).ShouldBeGreaterThan(18);
        await page.Locator("#video").ClickAsync(); // the picture pauses and plays, too
        await UntilAsync(page, "document.getElementById('video').paused");

        // All keys are shown on request, and what is typed into a field is no key.
        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.Locator("#keys-dialog")).ToBeVisibleAsync();
        await ShootAsync(page, "keys-1440");
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("#search").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        (await page.InputValueAsync("#search")).ShouldBe(" ");
        (await page.EvaluateAsync<bool>("document.getElementById('video').paused")).ShouldBeTrue();
        Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task TheWholePageIsReachedByTab()
    {
        VideoView video = await AnalysedAsync("cut.mp4");
        IPage page = await OpenAsync(place: $"#{video.Id}");
        await page.WaitForSelectorAsync("#timeline:not([hidden])");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        (await FocusAsync(page)).ShouldBe("plot", "two tab stops lead to the curves");
        (await page.GetAttributeAsync("#plot", "aria-valuetext"))!.ShouldMatch(@"^0:00\.0, \w+ 0\.\d{3}", "time and values are spoken");
        HashSet<string> reached = [];
        for (int i = 0; i < 80; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            reached.Add(await page.EvaluateAsync<string>("document.activeElement.id || document.activeElement.className"));
        }

        string[] wanted =
        [
            "model", "queue-toggle", "theme", "add", "search", "sort", "video", "play", "mute", "compare", "take", "edit", "delete", "select", "scores-open",
            "moment", "chip", "plot", "fit",
        ];
        wanted.Except(reached).ShouldBeEmpty();
        Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task EveryControlHasANameAndEveryWordIsReadable(string theme)
    {
        VideoView video = await AnalysedAsync("cut.mp4");
        IPage page = await OpenAsync(place: $"#{video.Id}", theme: theme);
        await page.WaitForSelectorAsync("#timeline:not([hidden])");
        await page.Locator("#queue-toggle").ClickAsync();
        (await FocusAsync(page)).ShouldBe("queue", "what opens takes the focus");
        await AuditAsync(page, "wide");
        JsonElement found = (await page.EvaluateAsync(Audit))!.Value;
        foreach (string list in new[] { "nameless", "faint", "twice" })
        {
            found.GetProperty(list).EnumerateArray().Select(item => item.GetString()).ShouldBeEmpty(list);
        }

        found.GetProperty("pictures").GetInt32().ShouldBe(0);
        await page.Keyboard.PressAsync("Escape");
        (await FocusAsync(page)).ShouldBe("queue-toggle", "what closes gives it back");
        if (theme == "light")
        {
            await page.Locator("#take").ClickAsync();
            await AuditAsync(page, "menu");
            await page.Keyboard.PressAsync("Escape");
        }

        // A narrow page has the emotions as a sheet; nothing is hidden by scrolling sideways.
        await page.SetViewportSizeAsync(360, 760);
        foreach (string control in new[] { "#layout", "#scale", "#zoom", "#delete" })
        {
            LocatorBoundingBoxResult box = (await page.Locator(control).BoundingBoxAsync())!;
            (box.X >= 0 && box.X + box.Width <= 360).ShouldBeTrue($"{control}: {box.X} to {box.X + box.Width}");
        }

        await page.Locator("#emotions-open").ClickAsync();
        (await FocusAsync(page)).ShouldBe("emotions-close");
        await page.Locator(".chip").First.ClickAsync();
        if (theme == "dark")
        {
            await AuditAsync(page, "sheet");
        }

        await ShootAsync(page, $"sheet-360-{theme}");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator(".chip").First).ToBeHiddenAsync();
        (await page.TextContentAsync("#emotions-open")).ShouldBe("Emotions 3 of 4");
        (await FocusAsync(page)).ShouldBe("emotions-open");
        Errors.ShouldBeEmpty();
    }

    private static Task<string> FocusAsync(IPage page) => page.EvaluateAsync<string>("document.activeElement.id");

    private static Task<double> TimeAsync(IPage page) => page.EvaluateAsync<double>("document.getElementById('video').currentTime");
}
