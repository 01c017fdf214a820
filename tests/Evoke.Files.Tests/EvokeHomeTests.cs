namespace Evoke.Files.Tests;

public sealed class EvokeHomeTests
{
    [Fact]
    public void AGivenFolderGoesBeforeTheEnvironment()
    {
        string? before = Environment.GetEnvironmentVariable(EvokeHome.Variable);
        try
        {
            Environment.SetEnvironmentVariable(EvokeHome.Variable, "/some/where");
            EvokeHome.Resolve("/given").ShouldBe("/given");
            EvokeHome.Resolve().ShouldBe("/some/where");
            Environment.SetEnvironmentVariable(EvokeHome.Variable, null);
            EvokeHome.Resolve().ShouldEndWith("/.cache/evoke");
        }
        finally
        {
            Environment.SetEnvironmentVariable(EvokeHome.Variable, before);
        }
    }
}
