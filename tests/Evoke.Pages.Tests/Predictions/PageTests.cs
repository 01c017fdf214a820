using System.Globalization;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Evoke.Curves;
using Evoke.Curves.Export;
using Evoke.Curves.Moments;
using Evoke.Pages.Predictions;
using Evoke.Testing.Browser;
using Microsoft.Playwright;

namespace Evoke.Pages.Tests.Predictions;

/// <summary>The page in a real browser. Screenshots are kept beside the tests, in Screenshots/.</summary>
public sealed class PageTests(SharedChromium chromium) : IDisposable
{
    private const double Seconds = 70.5;

    private readonly string _folder = Directory.CreateTempSubdirectory("evoke-page-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1440, 1000)]
    [InlineData(800, 1000)]
    [InlineData(360, 740)]
    public async Task ItIsReadableAndAccessibleAtEveryWidthInBothThemes(int width, int height)
    {
        string file = Write(SamplePrediction.Of(EmotionScheme.Eev, Seconds), SamplePrediction.Pictures(Seconds, 24));
        foreach (ColorScheme theme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await using Sight sight = await OpenAsync(file, width, height, theme);
            await sight.Page.ScreenshotAsync(new() { Path = Screenshot($"{width}-{theme}.png"), FullPage = true });

            (await sight.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
            AxeResult audit = await sight.Page.RunAxe();
            audit.Passes.Length.ShouldBeGreaterThan(15);
            audit.Violations.Select(violation => $"{violation.Id}: {string.Join("; ", violation.Nodes.Select(node => node.Html))}").ShouldBeEmpty();
            sight.Complaints.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task HoveringTellsTimeAndValues()
    {
        PredictionDocument document = SamplePrediction.Of(EmotionScheme.Eev, Seconds);
        await using Sight sight = await OpenAsync(Write(document, SamplePrediction.Pictures(Seconds, 6)));

        await sight.HoverAsync(0.5);

        int step = int.Parse(await sight.StepAsync(), CultureInfo.InvariantCulture);
        document.Curves.Grid.SecondsAt(step).ShouldBe(Seconds / 2, 0.5);
        string tip = await sight.Page.InnerTextAsync("#tip");
        tip.ShouldContain(string.Create(CultureInfo.InvariantCulture, $"0:{Math.Floor(document.Curves.Grid.SecondsAt(step) * 10) / 10:00.0}"));
        tip.ShouldContain(Shown(document, step, "interest"));
        (await sight.Page.Locator("#tip img").CountAsync()).ShouldBe(1);
        IReadOnlyList<string> values = await sight.Page.Locator("#tip div span:last-child").AllInnerTextsAsync();
        double[] told = [.. values.Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        told.Length.ShouldBe(5);
        told.ShouldBeInOrder(SortDirection.Descending);
        (await sight.Page.GetAttributeAsync("[data-scale=whole]", "aria-pressed")).ShouldBe("true");
        string[] lanes = [.. await sight.Page.Locator(".lane output").AllInnerTextsAsync()];
        lanes.ShouldBe(document.Curves.Scheme.Names.Select(name => Shown(document, step, name)));
        await sight.Page.ScreenshotAsync(new() { Path = Screenshot("hover.png") });
        sight.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task EmotionsAreSwitchedOffAndOnAndSeenAlone()
    {
        await using Sight sight = await OpenAsync(Write(SamplePrediction.Of(EmotionScheme.Eev, Seconds), []));
        ILocator interest = sight.Page.GetByRole(AriaRole.Button, new() { Name = "interest", Exact = true });
        (await interest.GetAttributeAsync("aria-pressed")).ShouldBe("true");

        await interest.ClickAsync();
        (await interest.GetAttributeAsync("aria-pressed")).ShouldBe("false");
        (await sight.NamesAtPointerAsync()).ShouldNotContain("interest");

        await sight.Page.GetByRole(AriaRole.Button, new() { Name = "Only awe" }).ClickAsync();
        (await sight.NamesAtPointerAsync()).ShouldBe(["awe"]);

        await sight.Page.GetByRole(AriaRole.Button, new() { Name = "Only awe" }).ClickAsync();
        (await sight.NamesAtPointerAsync()).Length.ShouldBe(4);

        await sight.Page.GetByRole(AriaRole.Button, new() { Name = "All", Exact = true }).ClickAsync();
        (await sight.Page.Locator(".toggle[aria-pressed=true]").CountAsync()).ShouldBe(15);
        await sight.Page.ScreenshotAsync(new() { Path = Screenshot("all.png") });

        await sight.Page.GetByRole(AriaRole.Button, new() { Name = "None", Exact = true }).ClickAsync();
        (await sight.NamesAtPointerAsync()).ShouldBeEmpty();
        sight.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task DraggingLooksCloserAndTheWholeVideoComesBack()
    {
        await using Sight sight = await OpenAsync(Write(SamplePrediction.Of(EmotionScheme.Eev, Seconds), []));
        ILocator whole = sight.Page.GetByRole(AriaRole.Button, new() { Name = "Whole video" });
        (await whole.IsVisibleAsync()).ShouldBeFalse();

        await sight.DragAsync(0.25, 0.5);
        (await whole.IsVisibleAsync()).ShouldBeTrue();
        await sight.HoverAsync(0.5);
        double middle = int.Parse(await sight.StepAsync(), CultureInfo.InvariantCulture) / 6.0;
        middle.ShouldBe(0.375 * Seconds, 1);

        await whole.ClickAsync();
        await sight.HoverAsync(0.5);
        (int.Parse(await sight.StepAsync(), CultureInfo.InvariantCulture) / 6.0).ShouldBe(Seconds / 2, 1);
        (await whole.IsVisibleAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task KeysMoveThroughTimeAndAreReadAloud()
    {
        PredictionDocument document = SamplePrediction.Of(EmotionScheme.Eev, Seconds);
        await using Sight sight = await OpenAsync(Write(document, []));
        ILocator slider = sight.Page.GetByRole(AriaRole.Slider);
        await slider.FocusAsync();

        await slider.PressAsync("Home");
        await slider.PressAsync("PageUp");
        await slider.PressAsync("ArrowRight");

        (await sight.StepAsync()).ShouldBe("61");
        (await slider.GetAttributeAsync("aria-valuetext"))!.ShouldStartWith("0:10.1, ");

        await slider.PressAsync("End");
        (await sight.StepAsync()).ShouldBe((document.Curves.Grid.Count - 1).ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task AMomentLeadsToItsTimeAndSwitchesItsEmotionOn()
    {
        PredictionDocument document = SamplePrediction.Of(EmotionScheme.Eev, Seconds);
        await using Sight sight = await OpenAsync(Write(document, SamplePrediction.Pictures(Seconds, 4)));
        Moment anger = document.Moments.Single(moment => moment.Emotion == document.Curves.Scheme.IndexOf("anger"));

        await sight.Page.Locator(".moment", new() { HasText = "anger" }).ClickAsync();

        (await sight.Page.Locator(".moment[aria-current=true]").CountAsync()).ShouldBe(1);
        (await sight.StepAsync()).ShouldBe(anger.Step.ToString(CultureInfo.InvariantCulture));
        (await sight.Page.GetByRole(AriaRole.Button, new() { Name = "anger", Exact = true }).GetAttributeAsync("aria-pressed")).ShouldBe("true");
    }

    [Theory]
    [InlineData("</script><script>window.hacked = 1</script>.mp4")]
    [InlineData("<img src=x onerror='window.hacked = 1'>\"&'.mp4")]
    [InlineData("{{SCRIPT}} {{DATA}} \u2028 ‮ naïve 影片 😀.mp4")]
    [InlineData("--><svg onload=window.hacked=1>.webm")]
    public async Task AHostileNameIsShownAndDoesNothing(string name)
    {
        EmotionScheme scheme = new([name, "</style><b>", "__proto__"]);
        PredictionDocument document = SamplePrediction.Of(scheme, 12, name) with { ModelDescription = name, ModelName = name, Warnings = [name] };
        await using Sight sight = await OpenAsync(Write(document, []));

        (await sight.Page.EvaluateAsync<bool>("'hacked' in window")).ShouldBeFalse();
        (await sight.Page.TextContentAsync("h1")).ShouldBe(name);
        (await sight.Page.TextContentAsync("#notices li")).ShouldBe(name);
        (await sight.Page.Locator(".toggle span").AllTextContentsAsync()).ShouldBe(scheme.Names);
        (await sight.Page.Locator("img, b, .lanes svg").CountAsync()).ShouldBe(0);
        sight.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task ThePageRunsNoScriptButItsOwn()
    {
        string file = Write(SamplePrediction.Of(EmotionScheme.Affect, 12), []);
        string page = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        string hacked = page.Replace(
            "</main>", "</main><script>window.hacked = 1</script><img src='https://example.org/x.png'>", StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, hacked, TestContext.Current.CancellationToken);

        await using Sight sight = await OpenAsync(file);

        (await sight.Page.EvaluateAsync<bool>("'hacked' in window")).ShouldBeFalse();
        sight.Complaints.Count(complaint => complaint.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase))
            .ShouldBe(2, string.Join('\n', sight.Complaints));
    }

    [Fact]
    public async Task ThePageShowsTheScaleOfEachEmotion()
    {
        EmotionScheme scheme = new(["valence", "arousal"], [new CurveRange(-1, 1), new CurveRange(1, 9, "SAM points")]);
        await using Sight sight = await OpenAsync(Write(SamplePrediction.Of(scheme, 12), []));
        string[] scales = await sight.Page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('#numbers tbody tr')].map((row) => row.cells[1].textContent)");
        scales.ShouldBe(["−1 to 1", "1 to 9 SAM points"]);
        sight.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task ThemeIsThePersonsChoice()
    {
        await using Sight sight = await OpenAsync(Write(SamplePrediction.Of(EmotionScheme.Affect, 12), []));
        const string ground = "getComputedStyle(document.documentElement).backgroundColor";
        string light = await sight.Page.EvaluateAsync<string>(ground);

        await sight.Page.GetByRole(AriaRole.Button, new() { Name = "Use dark colours" }).ClickAsync();
        await sight.Page.GetByRole(AriaRole.Button, new() { Name = "Use light colours" }).WaitForAsync();

        (await sight.Page.EvaluateAsync<string>(ground)).ShouldNotBe(light);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3600 * 6)]
    public async Task AnyLengthIsDrawn(int steps)
    {
        await using Sight sight = await OpenAsync(Write(SamplePrediction.Of(EmotionScheme.Eev, steps / 6.0), []), 800, 900);
        await sight.HoverAsync(0.99);

        int.Parse(await sight.StepAsync(), CultureInfo.InvariantCulture).ShouldBeGreaterThanOrEqualTo((int)(0.98 * (steps - 1)));
        sight.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task SpreadAndLabelsAreDrawnWhereTheyAreKnown()
    {
        PredictionDocument document = SamplePrediction.Of(EmotionScheme.Eev, Seconds);
        float[] half = [.. document.Curves.Values.ToArray().Select(value => value / 4)];
        EmotionCurves spread = new(document.Curves.Scheme, document.Curves.Grid, half);
        string plain = await LanePixelsAsync(document);

        (await LanePixelsAsync(document with { StandardDeviation = spread })).ShouldNotBe(plain);
        (await LanePixelsAsync(document with { Labels = spread })).ShouldNotBe(plain);
    }

    /// <summary>What viewers said: in grey under the curves, with the agreement in a table.</summary>
    [Fact]
    public async Task ViewersMeanSpreadAndAgreementAreShownAtEveryWidth()
    {
        PredictionDocument plain = SamplePrediction.Of(EmotionScheme.Affect, Seconds);
        float[] labels = [.. plain.Curves.Values.ToArray().Select((value, i) => i / 2 is > 150 and < 200 ? float.NaN : (value * 0.8f) + 0.1f)];
        float[] apart = [.. plain.Curves.Values.ToArray().Select((_, i) => i % 2 == 1 ? float.NaN : 0.08f)];
        PredictionDocument document = plain with
        {
            Labels = new EmotionCurves(plain.Curves.Scheme, plain.Curves.Grid, labels),
            LabelComparison = new LabelComparison
            {
                Source = "<ratings>.csv: 12 raters, joined by mean",
                Spread = new EmotionCurves(plain.Curves.Scheme, plain.Curves.Grid, apart),
                Scores =
                [
                    new LabelScore { Emotion = "arousal", Rows = 141, Pearson = 0.4125, Ccc = -0.0625, Raters = 12, CeilingLow = 0.55, CeilingHigh = 0.71 },
                    new LabelScore { Emotion = "valence", Rows = 0, Pearson = null, Ccc = null, Raters = 1 },
                ],
            },
        };
        foreach ((int width, ColorScheme theme) in new[] { (1440, ColorScheme.Light), (360, ColorScheme.Dark) })
        {
            await using Sight sight = await OpenAsync(Write(document, SamplePrediction.Pictures(Seconds, 12)), width, 1000, theme);
            await sight.Page.ScreenshotAsync(new() { Path = Screenshot($"viewers-{width}.png"), FullPage = true });

            (await sight.Page.InnerTextAsync("#viewers-source")).ShouldBe("Labels: <ratings>.csv: 12 raters, joined by mean.");
            (await sight.Page.Locator("#viewers tbody tr").AllInnerTextsAsync()).Select(row => row.Split('\t').Select(cell => cell.Trim()).ToArray()).ShouldBe(
                [["arousal", "0.412", "−0.063", "141", "12", "0.550 to 0.710"], ["valence", "–", "–", "0", "1", "n/a"]]);
            (await sight.Page.InnerTextAsync("#legend")).ShouldContain("viewers, mean ± standard deviation");
            (await sight.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
            AxeResult audit = await sight.Page.RunAxe();
            audit.Violations.Select(violation => $"{violation.Id}: {string.Join("; ", violation.Nodes.Select(node => node.Html))}").ShouldBeEmpty();
            sight.Complaints.ShouldBeEmpty();
        }

        (await LanePixelsAsync(document)).ShouldNotBe(await LanePixelsAsync(document with { LabelComparison = null }));
        await using Sight without = await OpenAsync(Write(plain, []));
        (await without.Page.Locator("#viewers-section").IsVisibleAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task NothingMovesForThoseWhoAskForStillness()
    {
        await using Sight sight = await OpenAsync(Write(SamplePrediction.Of(EmotionScheme.Affect, 12), []), still: true);

        (await sight.Page.EvaluateAsync<int>(
            "[...document.querySelectorAll('*')].filter(e => getComputedStyle(e).transitionDuration.split(',').some(d => parseFloat(d) > 0) "
            + "|| getComputedStyle(e).animationName !== 'none').length"))
            .ShouldBe(0);
    }

    private async Task<string> LanePixelsAsync(PredictionDocument document)
    {
        await using Sight sight = await OpenAsync(Write(document, []));
        sight.Complaints.ShouldBeEmpty();
        return await sight.Page.EvaluateAsync<string>("document.querySelector('.lane canvas').toDataURL()");
    }

    private static string Shown(PredictionDocument document, int step, string emotion) =>
        document.Curves[step, document.Curves.Scheme.IndexOf(emotion)].ToString("0.000", CultureInfo.InvariantCulture);

    private string Write(PredictionDocument document, IReadOnlyList<HtmlThumbnail> thumbnails)
    {
        string path = Path.Combine(_folder, $"{Guid.NewGuid():N}.html");
        HtmlReport.Write(document, thumbnails, path);
        return path;
    }

    private async Task<Sight> OpenAsync(string file, int width = 1200, int height = 900, ColorScheme theme = ColorScheme.Light, bool still = false) =>
        await Sight.OpenAsync(await chromium.BrowserOrSkipAsync(), file, width, height, theme, still);

    private static string Screenshot(string name)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Screenshots");
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, name);
    }
}
