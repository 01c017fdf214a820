using Evoke.Testing.Browser;

[assembly: AssemblyFixture(typeof(SharedChromium))]

namespace Evoke.Pages.Tests;

internal static class BrowserOrSkip
{
    public static async Task<HeadlessChromium> BrowserOrSkipAsync(this SharedChromium chromium)
    {
        HeadlessChromium? browser = await chromium.BrowserAsync();
        Assert.SkipWhen(browser is null, HeadlessChromium.Missing);
        return browser;
    }
}
