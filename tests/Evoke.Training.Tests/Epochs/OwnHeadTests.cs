using Evoke.Features;
using Evoke.Heads.ModelFiles;
using Evoke.Heads.Models;
using Evoke.Heads.Networks;
using Evoke.Kernels.Torch;
using Evoke.Testing;
using Evoke.Testing.Learning;
using Evoke.Training.Epochs;
using Evoke.Training.Evaluation;
using Evoke.Training.Recipes;
using Evoke.Training.Runs;
using OwnHead;
using TorchSharp;

namespace Evoke.Training.Tests.Epochs;

/// <summary>A head and a loss that are not Evoke's: trained, saved, loaded, joined with a head that is.</summary>
public sealed class OwnHeadTests : IDisposable
{
    private static readonly HeadModelOptions s_own = new() { Heads = OwnCatalog.Catalog.ModelHeads };

    private readonly TemporaryFolder _folder = new();

    public OwnHeadTests() => TorchRuntime.Start(threads: 1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ItIsTrainedSavedLoadedAndEnsembled()
    {
        Recipe recipe = Own("train.epochs=16", "train.validate_every=8", "data.lag=2");
        RunFolder run = Train(recipe, "own");
        RunFolder gru = Train(ToyDataset.Recipe("train.epochs=2"), "gru");
        VideoFeatures video = ToyDataset.Features("val0");
        using HeadModel own = HeadModel.Load(run.Best, s_own);
        using HeadModel builtIn = HeadModel.Load(gru.Best, s_own);
        FadingHeadConfig config = own.Members[0].Head.ShouldBeOfType<FadingHeadConfig>();
        (config.HalfLife, config.Dropout, config.VisualWidth).ShouldBe((3, 0.2, ToyDataset.VisualWidth));
        own.Members[0].Scores["pearson"].ShouldBeGreaterThan(0.3, "it has learned");

        using (ModelFile first = ModelFile.Open(run.Best, OwnCatalog.Catalog.ModelHeads))
        using (ModelFile second = ModelFile.Open(gru.Best))
        {
            ModelFile.WriteEnsemble(_folder.File("both"), [first, second]);
        }

        using HeadModel both = HeadModel.Load(_folder.File("both"), s_own);
        float expected = (own.Predict(video).Mean[5, 1] + builtIn.Predict(video).Mean[5, 1]) / 2;
        both.Predict(video).Mean[5, 1].ShouldBe(expected, 1e-6f);
        TrainedLag.NoteOf(own, 0, OwnCatalog.Catalog).ShouldNotBeNull().ShouldContain("data.lag=2");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AProgramThatDoesNotKnowItRefusesTheFile(bool inAnEnsemble)
    {
        string path = Train(Own("train.epochs=1"), "own").Best;
        if (inAnEnsemble)
        {
            using ModelFile file = ModelFile.Open(path, OwnCatalog.Catalog.ModelHeads);
            path = _folder.File("both");
            ModelFile.WriteEnsemble(path, [file]);
        }

        UnknownHeadKindException error = Should.Throw<UnknownHeadKindException>(() => HeadModel.Load(path));
        error.Kind.ShouldBe("fading");
        error.Message.ShouldStartWith($"{path}: its head is 'fading', which this program does not know; known heads: gru, emobase, tcn, ridge, kernel_ridge.");
        error.Message.ShouldContain("HeadCatalog.Default.With");
        error.Message.ShouldContain("docs/extending.md");
    }

    [Fact]
    public void ARunIsResumedToTheSameBytesAndOtherSettingsAreRefused()
    {
        Recipe recipe = Own("train.epochs=4");
        string straight = Train(recipe, "straight").Last;
        Train(recipe, "paused", new TrainerOptions { PauseAfterEpochs = 2 });
        File.ReadAllBytes(Train(recipe, "paused").Last).SequenceEqual(File.ReadAllBytes(straight)).ShouldBeTrue();
        Should.Throw<RunFolderException>(() => Train(Own("train.epochs=4", "half_life=9"), "paused")).Message
            .ShouldContain("head.fading.half_life was 3 and is 9.");
    }

    [Fact]
    public void TheLossOfTheRecipeIsMinimised()
    {
        string small = Train(Own("train.epochs=1", "loss.huber.delta=0.01"), "small").Last;
        string large = Train(Own("train.epochs=1", "loss.huber.delta=1"), "large").Last;
        using HeadModel one = HeadModel.Load(small, s_own), other = HeadModel.Load(large, s_own);
        VideoFeatures video = ToyDataset.Features("val0");
        one.Predict(video).Mean[3, 0].ShouldNotBe(other.Predict(video).Mean[3, 0]);
    }

    [Fact]
    public void LossesBetweenPictureAndSoundNeedAHeadThatGivesItsStates() =>
        Should.Throw<RecipeException>(() => Train(Own("loss.clip_weight=1"), "clip")).Message.ShouldContain("which the fading head does not give");

    [Fact]
    public void AHeadThatIsNotAsDescribedIsRefused()
    {
        HeadConfigException error = Should.Throw<HeadConfigException>(
            () => new UndescribedConfig { VisualWidth = 2, AudioWidth = 0, Emotions = 1 }.Create(seed: 1));
        error.Message.ShouldBe(
            "The undescribed head is not as its config describes it: described and not in the network: weight [3]; "
            + "in the network and not described: weight [1].");
    }

    private static Recipe Own(params string[] settings) => RecipeReader.Read(
        Path.Combine(AppContext.BaseDirectory, "OwnHead", "fading.yaml"),
        OwnCatalog.Catalog,
        [
            "half_life=3", "head.dropout=0.2", "train.batch=8", "train.validate_every=2", "train.lr=3e-2", "data.clip_steps=20", "train.precision=float32",
            .. settings,
        ]);

    private RunFolder Train(Recipe recipe, string name, TrainerOptions? options = null)
    {
        RunFolder folder = new(_folder.File(name));
        using Trainer trainer = Trainer.Open(
            recipe, ToyDataset.Set("train", 16, recipe), ToyDataset.Set("val", 6, recipe), folder, options, TestContext.Current.CancellationToken);
        trainer.Run(cancellationToken: TestContext.Current.CancellationToken);
        return folder;
    }

    private sealed record UndescribedConfig() : HeadConfig("undescribed")
    {
        protected override ReactionHead Build(InitialWeights initial) => new Undescribed(this);

        protected override IEnumerable<ParameterSpec> DescribeParameters() => [new ParameterSpec("weight", 3)];
    }

    private sealed class Undescribed : ReactionHead
    {
        public Undescribed(HeadConfig config)
            : base(config) => register_parameter("weight", torch.nn.Parameter(torch.zeros(1)));

        protected override HeadOutput Compute(torch.Tensor? visual, torch.Tensor? audio) => throw new NotSupportedException();
    }
}
