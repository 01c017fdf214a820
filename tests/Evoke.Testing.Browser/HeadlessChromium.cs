using Microsoft.Playwright;

namespace Evoke.Testing.Browser;

/// <summary>The Chromium of this machine, driven by Playwright. Nothing is downloaded.</summary>
public sealed class HeadlessChromium : IAsyncDisposable
{
    /// <summary>How long the browser and its pages are waited for: only a hang takes so long, even on a busy machine. Playwright's own limit is 30 s.</summary>
    public const int PatienceMilliseconds = 300_000;

    /// <summary>What is said where <see cref="StartAsync"/> returns null.</summary>
    public const string Missing = "Chromium is missing: apt-get install chromium-headless-shell.";

    // The headless shell is the same engine without windows: pages take a third of the processor time of the whole browser's.
    private const string Shell = "chromium-headless-shell";
    private static readonly string[] Whole = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    // The browser itself must not use the network: the tests see only the requests of the page.
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-quic",
        "--no-first-run", "--disable-component-update", "--disable-sync",
    ];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private HeadlessChromium(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    /// <summary>Its name and version.</summary>
    public string Version => $"{_browser.BrowserType.Name} {_browser.Version}";

    /// <summary>Path of Chromium on this machine; null if there is none on the PATH.</summary>
    /// <param name="whole">The whole browser first; otherwise its headless shell where there is one.</param>
    public static string? Executable(bool whole = false)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        IEnumerable<string> names = whole ? Whole.Append(Shell) : Whole.Prepend(Shell);
        return names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }

    /// <summary>Starts it.</summary>
    /// <param name="whole">The whole browser, as people see pages in it: where its speed is measured.</param>
    /// <returns>Null if this machine has no Chromium: the test is then skipped with a message.</returns>
    public static async Task<HeadlessChromium?> StartAsync(bool whole = false)
    {
        if (Executable(whole) is not { } path)
        {
            return null;
        }

        Assertions.SetDefaultExpectTimeout(PatienceMilliseconds);
        IPlaywright playwright = await Playwright.CreateAsync().ConfigureAwait(false);
        IBrowser browser = await playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = path, Headless = true, Args = Arguments, Timeout = PatienceMilliseconds }).ConfigureAwait(false);
        return new HeadlessChromium(playwright, browser);
    }

    /// <summary>A context of its own in the browser, whose pages and expectations wait as long as a busy machine takes.</summary>
    /// <param name="options">How its pages are; null for Playwright's defaults.</param>
    public async Task<IBrowserContext> OpenContextAsync(BrowserNewContextOptions? options = null)
    {
        IBrowserContext context = await _browser.NewContextAsync(options).ConfigureAwait(false);
        context.SetDefaultTimeout(PatienceMilliseconds);
        return context;
    }

    /// <summary>Closes the browser.</summary>
    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync().ConfigureAwait(false);
        _playwright.Dispose();
    }
}
