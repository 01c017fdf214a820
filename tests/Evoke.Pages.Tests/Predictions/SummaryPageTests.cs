using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Evoke.Curves;
using Evoke.Curves.Export;
using Evoke.Curves.Measures;
using Evoke.Pages.Predictions;
using Evoke.Testing.Browser;
using Microsoft.Playwright;

namespace Evoke.Pages.Tests.Predictions;

/// <summary>The summary on the page of a prediction, in a real browser.</summary>
public sealed class SummaryPageTests(SharedChromium chromium) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("evoke-page-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1440)]
    [InlineData(360)]
    public async Task TheSummaryIsReadableAndAccessibleInBothThemes(int width)
    {
        foreach (ColorScheme theme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await using Sight sight = await OpenAsync(Measures("trailers"), width, theme);
            string folder = Path.Combine(AppContext.BaseDirectory, "Screenshots");
            Directory.CreateDirectory(folder);
            await sight.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"summary-{width}-{theme}.png"), FullPage = true });

            (await sight.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
            AxeResult audit = await sight.Page.RunAxe();
            audit.Violations.Select(violation => $"{violation.Id}: {string.Join("; ", violation.Nodes.Select(node => node.Html))}").ShouldBeEmpty();
            sight.Complaints.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task EachNumberIsShownWithItsUnitItsTimeAndWhatItIsComparedTo()
    {
        await using Sight sight = await OpenAsync(Measures("trailers"));

        (await TextAsync(sight, "opening_8s.arousal")).ShouldBe(
            ["arousal in the first 8 s", "0.48", "0:00 – 0:08", "mean of the video: 0.41", "higher than 82 % of 214 videos"]);
        (await TextAsync(sight, "strongest.picture_share")).ShouldBe(
            ["strongest moment, share of the picture (arousal)", "62 %", "1:28 – 1:32, highest at 1:30.3", "share of the sound: 38 %",
                "higher than all 214 videos"]);
        (await TextAsync(sight, "loudness.mean_db")).ShouldBe(["loudness", "−23.4 dB", "no percentile: the norm has 12"]);
        (await sight.Page.Locator(".measure").CountAsync()).ShouldBe(3, "means and peaks are in the table");
        (await sight.Page.InnerTextAsync("#summary-note")).ShouldBe("Percentiles are among trailers, without this video.");
        (await sight.Page.Locator("#missing li").AllTextContentsAsync()).ShouldBe(["cuts per minute: there is no picture"]);
    }

    [Fact]
    public async Task WithoutANormThePageSaysThatThereIsNone()
    {
        await using Sight sight = await OpenAsync(Measures(null));

        (await sight.Page.InnerTextAsync("#summary-note")).ShouldStartWith("There is no norm");
    }

    [Fact]
    public async Task AReasonThatAllNumbersShareIsGivenOnce()
    {
        MeasureList list = Measures("trailers");
        await using Sight sight = await OpenAsync(list with
        {
            Measures = [.. list.Measures.Select(measure => measure with { Standing = null, NoStanding = "the norm is of another model" })],
        });

        (await sight.Page.InnerTextAsync("#summary-note")).ShouldBe("There are no percentiles among trailers: the norm is of another model.");
        (await sight.Page.InnerTextAsync("#summary")).ShouldNotContain("another model");
    }

    [Fact]
    public async Task APredictionWithoutASummaryHasNoSuchSection()
    {
        await using Sight sight = await OpenAsync(null);

        (await sight.Page.Locator("#summary-section").IsVisibleAsync()).ShouldBeFalse();
        sight.Complaints.ShouldBeEmpty();
    }

    private static async Task<string[]> TextAsync(Sight sight, string key) =>
    [
        .. (await sight.Page.Locator($"[data-key='{key}'] > span:not(:empty)").AllTextContentsAsync()).Select(text => text.Replace('\u00a0', ' ')),
    ];

    private static MeasureList Measures(string? norm) => new()
    {
        Norm = norm,
        Measures =
        [
            new Measure
            {
                Key = "opening_8s.arousal", Name = "arousal in the first 8 s", Value = 0.48, Curve = "arousal", Scale = CurveRange.ZeroToOne, StartSeconds = 0,
                EndSeconds = 8, ComparedTo = new MeasureReference("mean of the video", 0.41), Standing = norm is null ? null : new MeasureStanding(82.2, 214),
            },
            new Measure
            {
                Key = "strongest.picture_share", Name = "strongest moment, share of the picture", Value = 0.62, Unit = "share", Curve = "arousal",
                StartSeconds = 88, EndSeconds = 92, AtSeconds = 90.34, ComparedTo = new MeasureReference("share of the sound", 0.38),
                Standing = norm is null ? null : new MeasureStanding(100, 214),
            },
            new Measure { Key = "loudness.mean_db", Name = "loudness", Value = -23.4, Unit = "dB", NoStanding = norm is null ? null : "the norm has 12" },
            new Measure { Key = "mean.arousal", Name = "mean arousal", Value = 0.41, Curve = "arousal", Scale = CurveRange.ZeroToOne },
        ],
        Missing = [new MissingMeasure("pace.cuts_per_minute", "cuts per minute", "there is no picture")],
    };

    private async Task<Sight> OpenAsync(MeasureList? measures, int width = 1200, ColorScheme theme = ColorScheme.Light)
    {
        string path = Path.Combine(_folder, $"{Guid.NewGuid():N}.html");
        PredictionDocument document = SamplePrediction.Of(EmotionScheme.Affect, 120) with { Measures = measures };
        HtmlReport.Write(document, [], path);
        return await Sight.OpenAsync(await chromium.BrowserOrSkipAsync(), path, width, 900, theme, still: false);
    }
}
