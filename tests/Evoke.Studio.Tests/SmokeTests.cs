namespace Evoke.Studio.Tests;

public sealed class SmokeTests
{
    [Fact]
    public void TheRunnerRuns() => (1 + 1).ShouldBe(2);
}
