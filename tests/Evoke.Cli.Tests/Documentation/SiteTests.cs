using CliWrap;
using CliWrap.Buffered;
using Evoke.Testing;
using Evoke.Testing.Browser;
using Microsoft.Playwright;

namespace Evoke.Cli.Tests.Documentation;

/// <summary>The site of guide and API reference is built without a warning, and its pages fit wide and narrow screens.</summary>
public sealed class SiteTests : IDisposable
{
    private const int Wide = 1440, Narrow = 360;

    private readonly TemporaryFolder _site = new();

    public void Dispose() => _site.Dispose();

    [Fact(Explicit = true)]
    public async Task ItIsBuiltWithoutAWarningAndItsPagesFitTheScreen()
    {
        await ShouldRunAsync("tool", "restore");
        await ShouldRunAsync("docfx", "metadata", "site/docfx.json", "--warningsAsErrors");
        await ShouldRunAsync("docfx", "build", "site/docfx.json", "--warningsAsErrors", "--output", _site.Path);

        string[] pages =
        [
            "index.html", .. Directory.GetFiles(_site.File("docs"), "*.html").Select(page => "docs/" + Path.GetFileName(page)).Except(["docs/toc.html"]),
            "CHANGELOG.html", "bench/README.html", "api/Evoke.Heads.Predictor.html", "api/Evoke.Curves.EmotionCurves.html",
        ];
        pages.ShouldContain("docs/start.html");
        await using HeadlessChromium? chromium = await HeadlessChromium.StartAsync();
        Assert.SkipWhen(chromium is null, HeadlessChromium.Missing);
        foreach (int width in new[] { Wide, Narrow })
        {
            await ShouldFitAsync(chromium, pages, width);
        }
    }

    private async Task ShouldFitAsync(HeadlessChromium browser, IEnumerable<string> pages, int width)
    {
        await using IBrowserContext context = await browser.OpenContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 } });
        List<string> faults = [];
        await context.RouteAsync("**/*", route => AnswerAsync(route, faults));
        IPage page = await context.NewPageAsync();
        page.PageError += (_, error) => faults.Add($"{page.Url}: {error}");
        foreach (string path in pages)
        {
            await page.GotoAsync("http://site.test/" + path, new() { WaitUntil = WaitUntilState.NetworkIdle });
            int needed = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            if (needed > width)
            {
                faults.Add($"{path} needs {needed} pixels at {width}");
            }
        }

        faults.ShouldBeEmpty();
    }

    // The pages come from the folder; whatever else they ask for is a fault.
    private async Task AnswerAsync(IRoute route, List<string> faults)
    {
        Uri address = new(route.Request.Url);
        string file = _site.File(Uri.UnescapeDataString(address.AbsolutePath).TrimStart('/'));
        if (address.Host == "site.test" && File.Exists(file))
        {
            await route.FulfillAsync(new() { Path = file });
            return;
        }

        faults.Add($"asked for {address}");
        await route.AbortAsync();
    }

    private static async Task ShouldRunAsync(params string[] arguments)
    {
        BufferedCommandResult result = await CliWrap.Cli.Wrap("dotnet").WithArguments(arguments).WithWorkingDirectory(Repository.Root)
            .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        result.ExitCode.ShouldBe(0, result.StandardOutput + result.StandardError);
    }
}
