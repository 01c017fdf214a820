using Evoke.Testing.Browser;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(SharedChromium))]

namespace Evoke.Pages.Tests;

internal static class BrowserOrSkip
{
    public static async Task<IBrowser> BrowserOrSkipAsync(this SharedChromium chromium)
    {
        IBrowser? browser = await chromium.BrowserAsync();
        Assert.SkipWhen(browser is null, "Chromium is missing: apt-get install chromium.");
        return browser;
    }
}
