namespace Evoke.Cli.Tests.Documentation.Pages;

[Page("docs/gpu.md")]
public sealed class GpuPageTests : PageTests
{
    private protected override Task PrepareAsync() => Task.CompletedTask;
}
