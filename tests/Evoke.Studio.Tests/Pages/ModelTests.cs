using System.Text.Json;
using Evoke.Studio.Api;
using Microsoft.Playwright;

namespace Evoke.Studio.Tests.Pages;

/// <summary>Trained models: chosen, described, and drawn with their spread.</summary>
public sealed class ModelTests : PageTest
{
    [Fact]
    public async Task AnEnsembleIsChosenAndSaysWhatItIsWorth()
    {
        await AnalysedAsync("other.mp4", 12);
        VideoView video = await AnalysedAsync("cut.mp4");
        IPage page = await OpenAsync(place: $"#{video.Id}");
        await page.Locator("#compare").ClickAsync();
        await page.Locator("#candidates button").ClickAsync();
        await page.WaitForSelectorAsync("#second-player:not([hidden])");
        (await page.Locator("#model option").AllInnerTextsAsync())
            .ShouldBe(["affect · arousal, pace, motion, loudness", "ensemble · 15 emotions", "single · 15 emotions"]);
        await page.Locator("#model").SelectOptionAsync("single");
        await Assertions.Expect(page.Locator(".chip")).ToHaveCountAsync(15);
        await Assertions.Expect(page.Locator("#model-line")).ToContainTextAsync("0.250");
        (await page.TextContentAsync("#about-body"))!.ShouldContain("Trained on 34 films");

        await page.WaitForSelectorAsync("#second-player:not([hidden])"); // the comparison goes on once both have been analysed
        await page.Locator("#compare").ClickAsync();

        await page.Locator("#model").SelectOptionAsync("ensemble");
        await Assertions.Expect(page.Locator("#model-line")).ToContainTextAsync("0.250 to 0.500");
        string about = (await page.TextContentAsync("#about-body"))!;
        about.ShouldContain("Mean of 3 gru heads");
        about.ShouldContain("0.250 to 0.500");
        about.ShouldContain("spread over its 3 networks");
        await ShootAsync(page, "ensemble-1440");
        Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task EmotionsAreGroupedSoloedAndScaledAndTheSpreadIsABand()
    {
        VideoView video = await AnalysedAsync("cut.mp4");
        IPage page = await OpenAsync(place: $"#{video.Id}");
        await page.Locator("#model").SelectOptionAsync("ensemble");
        ILocator on = page.Locator(".chip[aria-pressed=true]");
        await Assertions.Expect(on).ToHaveCountAsync(5); // those that move most; the others have a lane and a value of their own below
        await Assertions.Expect(page.Locator("#rest li")).ToHaveCountAsync(10);
        (await page.Locator("#rest output").First.InnerTextAsync()).ShouldMatch(@"^0\.\d{3,}$");
        (await page.Locator("#heat").IsVisibleAsync()).ShouldBeTrue();
        await page.Locator("#rest button").First.ClickAsync();
        await Assertions.Expect(on).ToHaveCountAsync(6);
        await page.GetByRole(AriaRole.Button, new() { Name = "Stretched" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Unpleasant" }).ClickAsync();
        await Assertions.Expect(on).ToHaveTextAsync(["anger", "contempt", "disappointment", "pain", "sadness"]);
        await page.Locator(".chip", new() { HasText = "awe" }).DblClickAsync();
        await Assertions.Expect(on).ToHaveTextAsync(["awe"]);
        await page.Keyboard.PressAsync("Shift+Digit3"); // the digits 1 to 9 are for the first nine
        await Assertions.Expect(on).ToHaveTextAsync([(await page.Locator(".chip").Nth(11).InnerTextAsync())]);
        await page.Locator(".chip", new() { HasText = "awe" }).DblClickAsync();

        // The curve of one emotion fills its own range, and the band colours far more pixels than the line alone.
        int own = await InkAsync(page);
        await ShootAsync(page, "band-1440");
        await page.GetByRole(AriaRole.Button, new() { Name = "Full scale" }).ClickAsync();
        await DrawnAsync(page);
        int shared = await InkAsync(page);
        own.ShouldBeGreaterThan(10_000, "a band is an area");
        shared.ShouldNotBe(own);

        LocatorBoundingBoxResult box = (await page.Locator("#plot").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + 300, box.Y + 60);
        (await page.TextContentAsync("#tip"))!.ShouldContain("±");
        Errors.ShouldBeEmpty();
    }

    protected override Task<RunningStudio> StartStudioAsync() => RunningStudio.StartAsync(options =>
    {
        string models = Path.Combine(Path.GetDirectoryName(options.DataFolder)!, "models");
        TrainedModels.Write(models);
        return options with { ModelFolders = [models] };
    });

    /// <summary>The number of coloured pixels on the curves' canvas.</summary>
    private static async Task<int> InkAsync(IPage page)
    {
        JsonElement? counted = await page.EvaluateAsync("""
            () => {
              const canvas = document.getElementById('curves'), { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
              let inked = 0;
              for (let i = 0; i < data.length; i += 4) {
                const rgb = [data[i], data[i + 1], data[i + 2]];
                if (data[i + 3] && Math.max(...rgb) - Math.min(...rgb) > 40) inked++;
              }
              return inked;
            }
            """);
        return counted!.Value.GetInt32();
    }
}
