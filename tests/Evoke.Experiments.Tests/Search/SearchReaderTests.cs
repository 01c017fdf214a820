using Evoke.Experiments.Search;

namespace Evoke.Experiments.Tests.Search;

public sealed class SearchReaderTests
{
    [Fact]
    public void ASearchIsReadWhole()
    {
        SearchSpec spec = SearchReader.Parse(
            """
            name: mine
            base: demo
            set: [train.epochs=20]
            strategy: random
            trials: 5
            seed: 9
            ranges:
              train.lr: { log_uniform: [1e-4, 1e-2] }
              head.dropout: { uniform: [0, 0.5] }
              head.visual_hidden: { integers: [8, 16] }
              train.milestones: { choices: [[1, 2], [3]] }
            """,
            "a text");

        spec.Strategy.ShouldBe(SearchStrategy.Random);
        spec.BaseRecipe().Train.Epochs.ShouldBe(20);
        spec.Ranges.ShouldBe(
            [
                new LogUniformRange("train.lr", 1e-4, 1e-2), new UniformRange("head.dropout", 0, 0.5), new IntegerRange("head.visual_hidden", 8, 16),
                spec.Ranges[3],
            ]);
        spec.Ranges[3].ShouldBeOfType<ChoiceRange>().Values.ShouldBe(["[1, 2]", "[3]"]);
    }

    [Theory]
    [InlineData("base: demo", "ranges: expected keys of the recipe")]
    [InlineData("base: nothing\nranges: { train.lr: { uniform: [1, 2] } }", "base 'nothing': there is no such file")]
    [InlineData("ranges: { train.lr: { uniform: [1, 2] } }", "base: expected the name or the path of a recipe")]
    [InlineData("base: demo\ntrails: 3\nranges: { train.lr: { uniform: [1, 2] } }", "trails")]
    [InlineData("base: demo\ntrials: 0\nranges: { train.lr: { uniform: [1, 2] } }", "trials")]
    [InlineData(
        "base: demo\nranges: { train.lr: { uniform: [2, 1] } }",
        "ranges.train.lr.uniform (line 2): expected two numbers, the smaller one first; found [2, 1].")]
    [InlineData("base: demo\nranges: { train.lr: { log_uniform: [0, 1] } }", "expected numbers above 0")]
    [InlineData("base: demo\nranges: { train.batch: { integers: [1.5, 3] } }", "expected whole numbers")]
    [InlineData("base: demo\nranges: { train.lr: { choices: [] } }", "expected at least one choice")]
    [InlineData("base: demo\nranges: { train.lr: { normal: [1, 2] } }", "expected uniform, log_uniform, integers or choices")]
    [InlineData("base: demo\nranges: { train.lr: 3 }", "expected one of uniform")]
    [InlineData("base: demo\nranges: { train.learning_rate: { uniform: [1, 2] } }", "train.learning_rate")]
    [InlineData("base: demo\nranges: { train.lr: { uniform: [-1, 2] } }", "ranges.train.lr")]
    [InlineData(
        "base: demo\nmin_epochs: 100\nranges: { train.lr: { uniform: [0.1, 0.2] } }", "min_epochs: expected at most the 40 epochs of the recipe; found 100.")]
    [InlineData("- a\n- b", "a text")]
    [InlineData("base: [", "a text")]
    public void WhatIsWrongIsNamed(string yaml, string said) =>
        Should.Throw<SearchException>(() => SearchReader.Parse(yaml, "a text")).Message.ShouldContain(said);

    [Fact]
    public void AllMistakesAreListedAtOnce() => Should.Throw<SearchException>(() => SearchReader.Parse(
        "base: demo\nfactor: 1\nranges:\n  train.lr: { uniform: [2, 1] }\n  head.dropout: { log_uniform: [0, 1] }", "a text")).Mistakes.Count.ShouldBe(3);

    [Fact]
    public void AFileThatIsNotThereIsNamed() => Should.Throw<SearchException>(() => SearchReader.Read("gone.yaml")).Message.ShouldContain("'gone.yaml'");

    [Fact]
    public void TheExamplesAreSearches()
    {
        string[] examples = Directory.GetFiles(Path.Combine(RepositoryRoot(), "recipes", "search"), "*.yaml");

        examples.ShouldNotBeEmpty();
        examples.ShouldAllBe(example => SearchReader.Read(example).Ranges.Count > 0);
    }

    private static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Evoke.slnx")))
        {
            folder = folder.Parent;
        }

        return folder.ShouldNotBeNull().FullName;
    }
}
