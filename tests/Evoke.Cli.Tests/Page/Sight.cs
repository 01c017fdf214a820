using Microsoft.Playwright;

namespace Evoke.Cli.Tests.Page;

/// <summary>A page that is open, and everything that it complained about or asked a network for.</summary>
internal sealed class Sight : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    private Sight(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
    }

    public IPage Page { get; }

    /// <summary>Script errors, console warnings (content security policy included) and requests for anything but the file itself.</summary>
    public List<string> Complaints { get; } = [];

    public static async Task<Sight> OpenAsync(IBrowser browser, string file, int width, int height, ColorScheme theme)
    {
        IBrowserContext context = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = theme,
            Offline = true,
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

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
