using Evoke.Testing.Browser;
using Microsoft.Playwright;

namespace Evoke.Pages.Tests;

/// <summary>One browser for all tests of a class.</summary>
public sealed class HeadlessChromiumFixture : IAsyncLifetime
{
    private HeadlessChromium? _chromium;

    public async ValueTask InitializeAsync() => _chromium = await HeadlessChromium.StartAsync();

    public ValueTask DisposeAsync() => _chromium?.DisposeAsync() ?? ValueTask.CompletedTask;

    internal IBrowser BrowserOrSkip()
    {
        Assert.SkipWhen(_chromium is null, "Chromium is missing: apt-get install chromium.");
        return _chromium.Browser;
    }
}
