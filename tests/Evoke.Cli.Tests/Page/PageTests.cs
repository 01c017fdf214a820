using Evoke.Curves;
using Evoke.Testing.Browser;
using Microsoft.Playwright;

namespace Evoke.Cli.Tests.Page;

/// <summary>The page in a real browser. Screenshots are kept beside the tests, in Screenshots/.</summary>
public sealed class PageTests : IAsyncLifetime
{
    private HeadlessChromium? _chromium;
    private readonly string _folder = Directory.CreateTempSubdirectory("evoke-page-").FullName;

    public async ValueTask InitializeAsync() => _chromium = await HeadlessChromium.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_chromium is not null)
        {
            await _chromium.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(1440, 1000)]
    [InlineData(800, 1000)]
    [InlineData(360, 740)]
    public async Task ItIsReadableAtEveryWidthInBothThemes(int width, int height)
    {
        string file = Write(SamplePrediction.Of(EmotionScheme.Eev, 70.5), SamplePrediction.Pictures(70.5, 24));
        foreach (ColorScheme theme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await using Sight sight = await OpenAsync(file, width, height, theme);
            await sight.Page.ScreenshotAsync(new() { Path = Screenshot($"{width}-{theme}.png"), FullPage = true });

            (await sight.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
            sight.Complaints.ShouldBeEmpty();
        }
    }

    private string Write(PredictionDocument document, IReadOnlyList<HtmlThumbnail> thumbnails)
    {
        string path = Path.Combine(_folder, $"{Guid.NewGuid():N}.html");
        HtmlReport.Write(document, thumbnails, path);
        return path;
    }

    private async Task<Sight> OpenAsync(string file, int width, int height, ColorScheme theme = ColorScheme.Light)
    {
        Assert.SkipWhen(_chromium is null, "Chromium is missing: apt-get install chromium.");
        return await Sight.OpenAsync(_chromium.Browser, file, width, height, theme);
    }

    private static string Screenshot(string name)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Screenshots");
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, name);
    }
}
