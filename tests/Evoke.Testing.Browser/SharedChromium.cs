namespace Evoke.Testing.Browser;

/// <summary>
/// One Chromium for all tests of an assembly. It starts with the first test that asks for it; each test opens a context of its own in it and closes it.
/// </summary>
/// <remarks>An assembly fixture. Starting a browser takes as much processor time as a whole test in one.</remarks>
public sealed class SharedChromium : IAsyncDisposable
{
    private readonly Lazy<Task<HeadlessChromium?>> _chromium = new(() => HeadlessChromium.StartAsync());

    /// <summary>The running browser.</summary>
    /// <returns>Null if this machine has no Chromium: the test is then skipped with a message.</returns>
    public Task<HeadlessChromium?> BrowserAsync() => _chromium.Value;

    /// <summary>Closes the browser if a test has started it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_chromium.IsValueCreated && await _chromium.Value.ConfigureAwait(false) is { } chromium)
        {
            await chromium.DisposeAsync().ConfigureAwait(false);
        }
    }
}
