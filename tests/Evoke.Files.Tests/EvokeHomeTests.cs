namespace Evoke.Files.Tests;

public sealed class EvokeHomeTests
{
    [Fact]
    public void AGivenFolderGoesBeforeTheEnvironment()
    {
        EvokeHome.Resolve("/given", variable: "/some/where").ShouldBe("/given");
        EvokeHome.Resolve(null, variable: "/some/where").ShouldBe("/some/where");
        EvokeHome.Resolve(null, variable: null).ShouldEndWith("/.cache/evoke");
    }
}
