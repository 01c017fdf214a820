using Evoke.Testing;

namespace Evoke.Training.Tests.Recipes;

public sealed class RecipePageTests
{
    [Fact]
    public void ThePageIsMadeFromTheCode()
    {
        Assert.SkipWhen(SourceTree.Root is null, "The sources are not here, so docs/recipes.md cannot be read.");
        string path = Path.Combine(SourceTree.Root, "docs", "recipes.md");
        if (Environment.GetEnvironmentVariable("EVOKE_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, RecipePage.ToMarkdown());
        }

        File.ReadAllText(path).ShouldBe(RecipePage.ToMarkdown(), "run the tests once with EVOKE_WRITE_DOCS=1");
    }
}
