using Evoke.Kernels.Torch;
using Evoke.Training.Recipes;
using Evoke.Training.Schedules;

namespace Evoke.Training.Tests.Recipes;

public sealed class RecipeTests
{
    public static TheoryData<string> Names => [.. RecipeReader.BuiltIn];

    [Fact]
    public void TheNamedRecipesComeWithEvoke() =>
        RecipeReader.BuiltIn.ShouldBe(
        [
            "butterworth", "ccc", "demo", "gaussian", "kl", "median", "merged", "paper", "paper-6hz-10s", "paper-6hz-60s", "small-data", "small-ensemble",
            "small-network", "sml",
        ]);

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryRecipeReadsAndReadsBackAsItWasWritten(string name)
    {
        Recipe recipe = RecipeReader.Read(name);
        recipe.Name.ShouldBe(name);
        recipe.Description.ShouldNotBeEmpty();
        string written = RecipeWriter.Write(recipe);
        RecipeWriter.Write(RecipeReader.Parse(written, "written")).ShouldBe(written);
    }

    [Theory]
    [InlineData(1, "small-data", "fewer than 100 training videos (1)")]
    [InlineData(99, "small-data", "--recipe paper for the other one")]
    [InlineData(100, "paper", "at least 100 training videos (100)")]
    public void WhoNamesNoRecipeGetsOneByTheNumberOfVideos(int videos, string name, string reason)
    {
        RecipeDefault choice = RecipeDefault.For(videos);
        choice.Name.ShouldBe(name);
        choice.Reason.ShouldContain(reason);
        RecipeReader.BuiltIn.ShouldContain(choice.Name);
    }

    [Theory]
    [InlineData("head.kind=ridge", "head.kind ridge is solved at once: train.epochs must be 1; found 200")]
    [InlineData("data.omit=[visual 12-3]", "for example 'visual 12-155'; found 'visual 12-3'")]
    [InlineData("data.standardise=true", "data.centre must be true")]
    [InlineData("data.omit=[picture 3]", "found 'picture 3'")]
    public void SettingsThatCannotBeMeantAreRefused(string setting, string expected) =>
        Should.Throw<RecipeException>(() => RecipeReader.Read("paper", setting)).Message.ShouldContain(expected);

    [Fact]
    public void PaperIsThePaper()
    {
        Recipe paper = RecipeReader.Read("paper");
        paper.Data.Rate.Hertz.ShouldBe(1);
        paper.Data.ClipSteps.ShouldBe(60);
        paper.Loss.Kind.ShouldBe("l1");
        paper.Head.ShouldBe(new HeadRecipe { Kind = "gru", VisualHidden = 512, AudioHidden = 128, Layers = 2, Bidirectional = true, Dropout = 0.3 });
        (paper.Train.Batch, paper.Train.LearningRate, paper.Train.WeightDecay, paper.Train.DropLast, paper.Train.ValidateEvery, paper.Train.Epochs)
            .ShouldBe((128, 2e-4, 1e-5, true, 3, 200));
        LearningRateSchedule schedule = paper.Train.ToSchedule();
        new[] { 0, 39, 40, 79, 80, 199 }.Select(e => Math.Round(schedule.FactorAt(e), 9)).ShouldBe([1, 1, 0.3, 0.3, 0.09, 0.09]);
    }

    [Theory]
    [InlineData("fastest", null)]
    [InlineData("float32", Precision.Float32)]
    [InlineData("bfloat16", Precision.BFloat16)]
    public void APrecisionReadsBackUnderItsName(string name, Precision? precision)
    {
        Recipe recipe = RecipeReader.Parse($"name: x\ntrain:\n  precision: {name}\n", "x");
        recipe.Train.Precision.ShouldBe(precision);
        RecipeWriter.Write(recipe).ShouldContain($"precision: {name}\n");
    }

    [Fact]
    public void NetworksAreNotTrainedInInt8() =>
        Should.Throw<RecipeException>(() => RecipeReader.Parse("name: x\ntrain:\n  precision: int8\n", "x"))
            .Message.ShouldContain("expected fastest, float32, bfloat16; found 'int8'");

    [Fact]
    public void TheDefaultsAreThePapers()
    {
        Recipe paper = RecipeReader.Read("paper");
        RecipeWriter.Write(new Recipe { Name = paper.Name, Description = paper.Description }).ShouldBe(RecipeWriter.Write(paper));
    }

    [Fact]
    public void VariantsDifferFromThePaperOnlyInWhatTheyAreFor()
    {
        Differences("paper-6hz-10s").ShouldBe(["data.rate=6"]);
        Differences("paper-6hz-60s").ShouldBe(["data.rate=6", "data.clip_steps=360"]);
        Differences("kl").ShouldBe(["loss.kind=kl"]);
        Differences("ccc").ShouldBe(["loss.kind=ccc"]);
        Differences("butterworth").ShouldBe(["data.label_filter=butterworth"]);
        Differences("median").ShouldBe(["data.label_filter=median"]);
        Differences("gaussian").ShouldBe(["data.label_filter=gaussian"]);
        Differences("merged").ShouldBe(["data.merge_validation=true"]);
    }

    [Fact]
    public void SettingsOverrideTheFile()
    {
        Recipe recipe = RecipeReader.Read(
            "paper", "train.lr=1e-4", "train.milestones=[5, 9]", "loss.kind=ccc", "data.emotions=[awe, pain]", "head.bidirectional=false", "name=mine",
            "train.lr=3e-4");
        recipe.Train.LearningRate.ShouldBe(3e-4);
        recipe.Train.Milestones.ShouldBe([5, 9]);
        recipe.Loss.Kind.ShouldBe("ccc");
        recipe.Data.Emotions.ShouldBe(["awe", "pain"]);
        recipe.Head.Bidirectional.ShouldBeFalse();
        recipe.Name.ShouldBe("mine");
        recipe.Train.Batch.ShouldBe(128);
    }

    [Fact]
    public void AllMistakesAreListedAtOnce()
    {
        const string yaml = """
            extends: paper
            name: broken
            data:
              rate: 0
              clip_step: 60
              gaps: ignore
              merge_validation: yes
            head: gru
            loss:
              clip_weight: 1
            train:
              lr: fast
              batch: 2.5
              dropout: 1
              milestones: 40
              epochs: 1e99
            optimiser: adam
            """;
        var error = Should.Throw<RecipeException>(() => RecipeReader.Parse(yaml, "broken.yaml"));
        error.Mistakes.Where(m => !m.Contains("the keys are:", StringComparison.Ordinal)).ShouldBe(
        [
            "data.rate (line 4): expected a number above 0 and up to 120; found '0'.",
            "data.clip_step (line 5): there is no such key; did you mean data.clip_steps?",
            "data.gaps (line 6): expected keep, mask, drop; found 'ignore'.",
            "data.merge_validation (line 7): expected true or false; found 'yes'.",
            "head (line 8): expected a section with keys of its own; found 'gru'.",
            "train.lr (line 12): expected a number above 0 and up to 1000; found 'fast'.",
            "train.batch (line 13): expected a whole number from 1 up to 65536; found '2.5'.",
            "train.dropout (line 14): there is no such key; did you mean head.dropout?",
            "train.milestones (line 15): expected a list of whole numbers, for example [40, 80]; found '40'.",
            "train.epochs (line 16): expected a whole number from 1 up to 1000000; found '1e99'.",
        ], ignoreOrder: true);
        error.Mistakes.ShouldContain(m => m.StartsWith("optimiser (line 17): there is no such key;", StringComparison.Ordinal));
        error.Message.ShouldStartWith("Recipe broken.yaml has 11 mistakes:");
    }

    [Fact]
    public void MistakesInSettingsAreNamed()
    {
        var error = Should.Throw<RecipeException>(
            () => RecipeReader.Read("paper", "train.lr", "train.lr=-1", "learning_rate=1", "train.nesterov=true", "train.milestones=[4"));
        error.Mistakes.ShouldContain("--set train.lr: expected key=value, for example train.lr=1e-4.");
        error.Mistakes.ShouldContain(m => m == "train.lr: expected a number above 0 and up to 1000; found '-1'.");
        error.Mistakes.ShouldContain(
            m => m.StartsWith("learning_rate", StringComparison.Ordinal) && m.Contains("there is no such key", StringComparison.Ordinal));
        error.Mistakes.ShouldContain("train.nesterov needs train.momentum above 0.");
        error.Mistakes.ShouldContain(m => m.StartsWith("--set train.milestones=[4: this is not YAML", StringComparison.Ordinal));
    }

    [Fact]
    public void AKeyWithoutItsSectionIsFoundWhereItIs()
    {
        Recipe recipe = RecipeReader.Read("paper", "seed=7", "clip_steps=30", "name=mine", "train.lr=0.5");

        (recipe.Train.Seed, recipe.Data.ClipSteps, recipe.Name, recipe.Train.LearningRate).ShouldBe((7, 30, "mine", 0.5));
        RecipeReader.KeyOf("seed=7").ShouldBe("train.seed");
        RecipeReader.KeyOf("train.seed = 7").ShouldBe("train.seed");
        RecipeReader.KeyOf("kind=ccc").ShouldBe("kind", "two sections have it");
    }

    [Fact]
    public void AKeyThatSeveralSectionsHaveNamesThemAll()
    {
        var error = Should.Throw<RecipeException>(() => RecipeReader.Read("paper", "kind=ccc", "train.dropout=0", "sede=1"));
        error.Mistakes.ShouldBe(
        [
            "--set kind=ccc: several sections have the key 'kind'; write one of head.kind, loss.kind.",
            "train.dropout: there is no such key; did you mean head.dropout?",
            "sede: there is no such key; the keys are: name, description, data, head, loss, train, ensemble.",
        ], ignoreOrder: true);
    }

    [Fact]
    public void AnUnknownRecipeNamesThoseThereAre() =>
        Should.Throw<RecipeException>(() => RecipeReader.Read("papper")).Message.ShouldContain("available recipes: butterworth, ccc, demo");

    [Fact]
    public void TextThatIsNotYamlNamesTheLine() =>
        Should.Throw<RecipeException>(() => RecipeReader.Parse("data:\n  rate: [1", "x.yaml")).Message.ShouldContain("this is not YAML");

    [Fact]
    public void ACircleOfFilesIsAnError()
    {
        string folder = Directory.CreateTempSubdirectory("evoke-recipes-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "a.yaml"), "extends: b.yaml\n");
            File.WriteAllText(Path.Combine(folder, "b.yaml"), "extends: a.yaml\n");
            Should.Throw<RecipeException>(() => RecipeReader.Read(Path.Combine(folder, "a.yaml"))).Message.ShouldContain("it extends itself");
            File.WriteAllText(Path.Combine(folder, "b.yaml"), "extends: kl\ntrain:\n  lr: 1e-3\n");
            Recipe recipe = RecipeReader.Read(Path.Combine(folder, "a.yaml"));
            (recipe.Loss.Kind, recipe.Train.LearningRate, recipe.Train.Batch).ShouldBe(("kl", 1e-3, 128));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string[] Differences(string name)
    {
        Dictionary<string, string> paper = new(RecipeWriter.Flatten(RecipeReader.Read("paper")));
        return
        [
            .. RecipeWriter.Flatten(RecipeReader.Read(name)).Where(k => k.Key.Contains('.', StringComparison.Ordinal) && paper[k.Key] != k.Value)
                .Select(k => $"{k.Key}={k.Value}"),
        ];
    }
}
