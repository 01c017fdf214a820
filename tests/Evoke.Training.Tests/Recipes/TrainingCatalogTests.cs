using Evoke.Heads.Networks;
using Evoke.Training.Losses;
using Evoke.Training.Recipes;
using OwnHead;
using TorchSharp;

namespace Evoke.Training.Tests.Recipes;

/// <summary>Registering heads and losses, and recipes that name them.</summary>
public sealed class TrainingCatalogTests
{
    private static readonly string s_recipe = Path.Combine(AppContext.BaseDirectory, "OwnHead", "fading.yaml");

    [Fact]
    public void WhatIsAddedIsInTheNewCatalogOnly()
    {
        TrainingCatalog with = TrainingCatalog.Default.WithHead<FadingHeadConfig>("fades").WithLoss<HuberLoss>("huber", "robust");
        with.Heads[^1].Entry.ShouldBe(new HeadEntry("fading", "fades", typeof(FadingHeadConfig)));
        with.ModelHeads.Contains("fading").ShouldBeTrue();
        with.Losses.Create("huber").ShouldBe(new HuberLoss());
        TrainingCatalog.Default.Heads.Select(head => head.Entry.Kind).ShouldBe(["gru", "emobase", "tcn", "ridge", "kernel_ridge"]);
        TrainingCatalog.Default.ModelHeads.Contains("fading").ShouldBeFalse();
        TrainingCatalog.Default.Losses.Entries.Select(entry => entry.Kind).ShouldBe(["l1", "kl", "ccc", "mse", "pearson"]);
    }

    [Fact]
    public void WhatCannotBeRegisteredIsRefusedWithTheReason()
    {
        Refused(catalog => catalog.WithHead<FadingHeadConfig>("a").WithHead<FadingHeadConfig>("b")).ShouldContain("There is already a head 'fading'.");
        Refused(catalog => catalog.WithLoss<HuberLoss>("ccc", "a")).ShouldContain("There is already a loss 'ccc'.");
        Refused(catalog => catalog.WithLoss<HuberLoss>("My loss", "a")).ShouldContain("'My loss' is not a valid name of a head or loss");
        Refused(catalog => catalog.WithLoss<HuberLoss>("scale", "a")).ShouldContain("'scale' is a key of recipes already");
        Refused(catalog => catalog.WithHead<NamelessConfig>("a")).ShouldContain("'' is not a valid name");
        Refused(catalog => catalog.WithHead<NeedyConfig>("a")).ShouldContain("expected a record with a public constructor without parameters");
        Refused(catalog => catalog.WithLoss<OddLoss>("odd", "a")).ShouldContain("OddLoss.Span cannot be the recipe key 'span'");
        Should.Throw<ArgumentException>(() => LossCatalog.Default.Create("huber")).Message.ShouldContain("known losses: l1, kl, ccc, mse, pearson");
    }

    [Fact]
    public void OwnKeysAreReadWrittenAndOverridden()
    {
        Recipe recipe = RecipeReader.Read(s_recipe, OwnCatalog.Catalog);
        recipe.Head.Own.ShouldBeOfType<FadingHeadConfig>().HalfLife.ShouldBe(4);
        recipe.Loss.Own.ShouldBe(new HuberLoss { Delta = 0.05 });

        Recipe other = RecipeReader.Read(s_recipe, OwnCatalog.Catalog, "half_life=7.5", "loss.huber.delta=0.2");
        ((FadingHeadConfig)other.Head.Own!).HalfLife.ShouldBe(7.5);
        other.Loss.Own.ShouldBe(new HuberLoss { Delta = 0.2 });

        string written = RecipeWriter.Write(other);
        written.ShouldContain("head:\n  kind: fading\n");
        written.ShouldContain("  fading:\n    half_life: 7.5\n");
        Recipe read = RecipeReader.Parse(written, "written", OwnCatalog.Catalog);
        (read.Head, read.Loss).ShouldBe((other.Head, other.Loss));
        other.Head.ToString().ShouldContain("Own = FadingHeadConfig { Kind = fading, ");
        RecipeWriter.Flatten(other).ShouldContain(new KeyValuePair<string, string>("loss.huber.delta", "0.2"));
        RecipeDifferences.Of(RecipeWriter.Write(recipe), written, OwnCatalog.Catalog, "run")
            .ShouldBe("head.fading.half_life was 4 and is 7.5; loss.huber.delta was 0.05 and is 0.2");
    }

    [Fact]
    public void KeysOfAKindThatIsNotChosenAreCheckedAndLeftOut()
    {
        Recipe recipe = RecipeReader.Read(s_recipe, OwnCatalog.Catalog, "head.kind=gru", "loss.kind=mse");
        (recipe.Head.Own, recipe.Loss.Own).ShouldBe((null, null));
        RecipeWriter.Write(recipe).ShouldNotContain("half_life");
        Mistakes("head.kind=gru", "half_life=0").ShouldHaveSingleItem().ShouldBe("head.fading.half_life: expected a number above 0 and up to 1000; found '0'.");
        RecipeReader.Parse("head: {kind: fading}", "short", OwnCatalog.Catalog).Head.Own.ShouldBeOfType<FadingHeadConfig>().HalfLife.ShouldBe(5, "the default");
    }

    [Fact]
    public void MistakesAreNamedWithTheKey()
    {
        Mistakes("head.fading.halflife=3").ShouldHaveSingleItem().ShouldContain("head.fading.halflife");
        Mistakes("head.fading=3").ShouldHaveSingleItem().ShouldBe("head.fading: expected a section with keys of its own; found '3'.");
        Mistakes("head.kind=fadding").ShouldHaveSingleItem().ShouldBe(
            "head.kind: expected gru, emobase, tcn, ridge, kernel_ridge, fading, or a name that your own program registers (docs/extending.md); "
            + "found 'fadding'.");
    }

    [Fact]
    public void ARecipeThatNamesWhatIsNotRegisteredIsRefused()
    {
        RecipeException error = Should.Throw<RecipeException>(() => RecipeReader.Read(s_recipe));
        error.Mistakes.ShouldContain(mistake => mistake.StartsWith("head.kind (line 6): expected gru, ", StringComparison.Ordinal)
            && mistake.EndsWith("(docs/extending.md); found 'fading'.", StringComparison.Ordinal));
        error.Mistakes.ShouldContain(mistake => mistake.Contains("found 'huber'", StringComparison.Ordinal));
        new Recipe { Catalog = OwnCatalog.Catalog, Head = new HeadRecipe { Kind = "fading" } }.IsSolved.ShouldBeFalse();
        Should.Throw<RecipeException>(() => new Recipe { Head = new HeadRecipe { Kind = "fading" } }.IsSolved).Message.ShouldContain("found 'fading'");
    }

    private static string Refused(Func<TrainingCatalog, TrainingCatalog> add) => Should.Throw<ArgumentException>(() => add(TrainingCatalog.Default)).Message;

    private static IReadOnlyList<string> Mistakes(params string[] settings) =>
        Should.Throw<RecipeException>(() => RecipeReader.Read(s_recipe, OwnCatalog.Catalog, settings)).Mistakes;

    private abstract record TestConfig(string Named) : HeadConfig(Named)
    {
        protected override ReactionHead Build(InitialWeights initial) => throw new NotSupportedException();

        protected override IEnumerable<ParameterSpec> DescribeParameters() => [];
    }

    private sealed record NamelessConfig() : TestConfig("");

    private sealed record NeedyConfig(int Size) : TestConfig("needy");

    private sealed record OddLoss : CurveLoss
    {
        [RecipeKey("span")]
        public TimeSpan Span { get; init; }

        protected override torch.Tensor Compute(torch.Tensor prediction, torch.Tensor label, torch.Tensor? mask, torch.Tensor? weights) => prediction;
    }
}
