using Evoke.Testing.Browser;
using Microsoft.Playwright;

namespace Evoke.Pages.Tests.Predictions;

/// <summary>An open page, with its errors, warnings and network requests.</summary>
internal sealed class Sight : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    private Sight(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
    }

    public IPage Page { get; }

    /// <summary>Script errors, console warnings (including the content security policy) and requests for anything but the file itself.</summary>
    public List<string> Complaints { get; } = [];

    public static async Task<Sight> OpenAsync(HeadlessChromium browser, string file, int width, int height, ColorScheme theme, bool still = false)
    {
        IBrowserContext context = await browser.OpenContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = theme,
            Offline = true,
            ReducedMotion = still ? ReducedMotion.Reduce : ReducedMotion.NoPreference,
        });
        IPage page = await context.NewPageAsync();
        Sight sight = new(context, page);
        string address = new Uri(file).AbsoluteUri;
        page.PageError += (_, error) => sight.Complaints.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                sight.Complaints.Add(message.Text);
            }
        };
        page.Request += (_, request) =>
        {
            if (request.Url != address && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                sight.Complaints.Add($"asked for {request.Url}");
            }
        };
        await page.GotoAsync(address);
        await page.WaitForFunctionAsync("document.querySelectorAll('.lane').length > 0");
        return sight;
    }

    /// <summary>Moves the pointer over the plot, to a fraction of its width.</summary>
    public async Task HoverAsync(double share)
    {
        (float x, float y) = await PlotAsync(share);
        await Page.Mouse.MoveAsync(x, y);
    }

    /// <summary>Drags from one fraction of the plot's width to another.</summary>
    public async Task DragAsync(double from, double to)
    {
        await HoverAsync(from);
        await Page.Mouse.DownAsync();
        await HoverAsync((from + to) / 2);
        await HoverAsync(to);
        await Page.Mouse.UpAsync();
        await SettleAsync();
    }

    /// <summary>The step at the page's cursor, at 6 Hz.</summary>
    public async Task<string> StepAsync()
    {
        await SettleAsync();
        string seconds = (await Page.GetAttributeAsync("#plot", "aria-valuenow"))!;
        double step = Math.Round(double.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture) * 6);
        return step.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The emotions in the tooltip when the pointer is in the middle of the plot.</summary>
    public async Task<string[]> NamesAtPointerAsync()
    {
        await HoverAsync(0.3);
        await HoverAsync(0.5);
        await SettleAsync();
        return [.. await Page.Locator("#tip div span:first-of-type").AllInnerTextsAsync()];
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    // The page draws in the next animation frame.
    private async Task SettleAsync() =>
        await Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");

    private async Task<(float X, float Y)> PlotAsync(double share)
    {
        await Page.Locator("#plot").ScrollIntoViewIfNeededAsync();
        LocatorBoundingBoxResult box = (await Page.Locator("#plot").BoundingBoxAsync())!;
        return ((float)(box.X + (share * box.Width)), box.Y + (box.Height / 2));
    }
}
