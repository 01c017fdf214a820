using System.Text.Json;
using Deque.AxeCore.Playwright;
using Evoke.Studio.Api;
using Evoke.Testing.Browser;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(SharedChromium))]

namespace Evoke.Studio.Tests.Pages;

/// <summary>The page in a real browser, on real films. Screenshots are kept in the folder <c>screenshots</c> beside the tests.</summary>
public abstract class PageTest : IAsyncLifetime
{
    // A message is taken away after some seconds, which a busy machine may need to look.
    private const string KeepWhatIsSaid = """
        globalThis.saidTexts = [];
        new MutationObserver(() => {
          const text = document.getElementById('said')?.textContent;
          if (text && saidTexts.at(-1) !== text) saidTexts.push(text);
        }).observe(document, { subtree: true, childList: true, characterData: true });
        """;

    private static readonly string Screenshots = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "screenshots")).FullName;
    private readonly List<string> _errors = [];
    private readonly List<IBrowserContext> _contexts = [];

    /// <summary>The server of the page.</summary>
    protected RunningStudio Studio { get; private set; } = null!;

    /// <summary>Errors from the page's console.</summary>
    protected IReadOnlyList<string> Errors => _errors;

    public async ValueTask InitializeAsync() => Studio = await StartStudioAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (IBrowserContext context in _contexts)
        {
            await context.DisposeAsync();
        }

        await Studio.DisposeAsync();
        AfterStop();
        GC.SuppressFinalize(this);
    }

    /// <summary>Called after the server has stopped; test classes may override it.</summary>
    protected virtual void AfterStop()
    {
    }

    /// <summary>Starts the server; test classes may override it.</summary>
    protected virtual Task<RunningStudio> StartStudioAsync() => RunningStudio.StartAsync();

    /// <summary>Uploads the eventful film and waits for its curves.</summary>
    private protected async Task<VideoView> AnalysedAsync(string name, int seconds = 24)
    {
        VideoView video = await Studio.UploadAsync(await StudioFilms.EventfulAsync(seconds), name);
        (await Studio.JobEndAsync(video.Id)).Error.ShouldBeNull();
        return video;
    }

    /// <summary>Opens the page.</summary>
    protected async Task<IPage> OpenAsync(int width = 1440, int height = 900, string place = "", string theme = "light")
    {
        SharedChromium? chromium = await TestContext.Current.GetFixture<SharedChromium>();
        HeadlessChromium? browser = await chromium.ShouldNotBeNull().BrowserAsync();
        Assert.SkipWhen(browser is null, HeadlessChromium.Missing);
        IBrowserContext context = await browser.OpenContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = theme == "dark" ? ColorScheme.Dark : ColorScheme.Light,
            AcceptDownloads = true,
        });
        _contexts.Add(context);
        IPage page = await context.NewPageAsync();
        page.PageError += (_, error) => _errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _errors.Add($"{message.Text} {message.Location}");
            }
        };
        await page.AddInitScriptAsync(KeepWhatIsSaid);
        await page.GotoAsync(Studio.Address + place);
        await page.WaitForSelectorAsync("html[data-ready]");
        return page;
    }

    /// <summary>Waits until the page has said something, be it still shown or not.</summary>
    protected static Task SaidAsync(IPage page, string text) => UntilAsync(page, $"saidTexts.some((said) => said.includes({JsonSerializer.Serialize(text)}))");

    /// <summary>Waits until an expression is true in the page. (Playwright's own waiting evaluates strings in the page, which its policy forbids.)</summary>
    protected static async Task UntilAsync(IPage page, string expression)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(HeadlessChromium.PatienceMilliseconds);
        while (!await page.EvaluateAsync<bool>(expression))
        {
            await Task.Delay(50, limit.Token);
        }
    }

    /// <summary>Waits until the page has drawn what it was last told to draw.</summary>
    protected static Task DrawnAsync(IPage page) => page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");

    /// <summary>Checks that axe-core finds nothing.</summary>
    protected static async Task AuditAsync(IPage page, string what) =>
        (await page.RunAxe()).Violations
            .Select(finding => $"{what}: {finding.Id}: {string.Join("; ", finding.Nodes.Select(node => node.Html))}")
            .ShouldBeEmpty();

    /// <summary>Saves a screenshot of the page.</summary>
    protected static async Task ShootAsync(IPage page, string name)
    {
        await page.WaitForTimeoutAsync(400);
        await page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, name + ".png") });
    }
}
