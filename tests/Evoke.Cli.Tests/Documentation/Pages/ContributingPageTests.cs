namespace Evoke.Cli.Tests.Documentation.Pages;

[Page("CONTRIBUTING.md")]
public sealed class ContributingPageTests : PageTests
{
    private protected override Task PrepareAsync() => Task.CompletedTask;
}
