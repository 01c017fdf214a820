using Evoke.Datasets.Sets;
using Evoke.Files;
using Evoke.Heads.ModelFiles;
using Evoke.Kernels.Torch;
using Evoke.Testing;
using Evoke.Testing.Learning;
using Evoke.Training.Epochs;
using Evoke.Training.Members;
using Evoke.Training.Recipes;
using Evoke.Training.Runs;

namespace Evoke.Training.Tests.Members;

/// <summary>Numbers of epochs that folds choose, and ensembles over kinds of heads and folds.</summary>
public sealed class RecipeRunTests : IDisposable
{
    private static readonly string[] s_small =
    [
        "train.epochs=4", "train.validate_every=1", "train.warm_up_epochs=0", "train.epochs_by_folds=true", "head.visual_hidden=4", "head.audio_hidden=4",
    ];

    private static readonly string[] s_ensemble =
    [
        .. s_small, "ensemble.heads=[kernel_ridge, gru]", "head.support=60", "head.penalty=10", "head.kernel_width=0.3",
    ];

    private readonly TemporaryFolder _folder = new();

    public RecipeRunTests() => TorchRuntime.Start(threads: 1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FoldsOfTheTrainingVideosChooseTheEpochsWhateverTheValidationVideosSay()
    {
        Recipe recipe = ToyDataset.Recipe(s_small);
        List<TrainingEvent> happened = [];
        RunFinished finished = Train(recipe, "run", "val", happened.Add);
        (int best, double[] means) = BestOfFolds(recipe, _folder.File("run"));
        means.Length.ShouldBe(4);
        finished.Epochs.ShouldBe(best);
        finished.BestEpoch.ShouldBe(best);
        RunFolder run = new(_folder.File("run"));
        RunSummary summary = RunSummary.Read(run);
        summary.Finished.ShouldBeTrue();
        summary.EpochChoice.ShouldHaveSingleItem().ShouldStartWith($"gru: {best} of up to 4 epochs, chosen by 5 folds of the training videos");
        happened.OfType<EpochsChosen>().ShouldHaveSingleItem().Reason.ShouldBe(summary.EpochChoice[0]);
        File.ReadAllText(run.Card).ShouldContain("which nothing was chosen on");

        // Other validation videos: the same weights after the same number of epochs.
        RunFinished other = Train(recipe, "other", "elsewhere");
        other.BestScores.ShouldNotBe(finished.BestScores);
        Weights("other").ShouldBe(Weights("run"));
    }

    [Fact]
    public void TheBestModelIsThatOfTheChosenEpochEvenIfValidationPrefersAnEarlierOne()
    {
        TrainRecipe byFolds = new() { EpochsByFolds = true };
        RunState state = new() { Origin = null!, BestEpoch = 1, Epoch = 1 };
        ValidationScores worse = new(new(ToyDataset.Scheme, Curves.Metrics.RowProtocol.All), new(ToyDataset.Scheme, Curves.Metrics.RowProtocol.FaceDetected));
        state = state with { BestScores = worse.ByName.SetItem("pearson", 1) };
        state.AfterValidation(byFolds, 2, worse).BestEpoch.ShouldBe(2);
        state.AfterValidation(new TrainRecipe(), 2, worse).BestEpoch.ShouldBe(1);
    }

    [Fact]
    public void AnEnsembleHasAModelOfEachKindForEachFoldAndResumesToTheSameBytes()
    {
        Recipe recipe = ToyDataset.Recipe(s_ensemble);
        List<TrainingEvent> happened = [];
        RunFinished finished = Train(recipe, "whole", "val", happened.Add);
        RunFolder whole = new(_folder.File("whole"));
        (int best, _) = BestOfFolds(recipe, whole.Path);
        RunSummary summary = RunSummary.Read(whole);
        summary.Members.ShouldBe([
            .. Enumerable.Range(1, 5).Select(fold => Path.Combine("members", $"kernel_ridge-fold-{fold}", "epoch-1.safetensors")),
            .. Enumerable.Range(1, 5).Select(fold => Path.Combine("members", $"gru-fold-{fold}", $"epoch-{best}.safetensors")),
        ]);
        using (ModelFile file = ModelFile.Open(whole.Best))
        {
            file.Members.Select(member => member.Head.Kind).ShouldBe([.. Enumerable.Repeat("kernel_ridge", 5), .. Enumerable.Repeat("gru", 5)]);
        }

        happened.OfType<StepDone>().Max(step => step.Epoch).ShouldBe(RecipeRun.EpochsOf(recipe, 10));
        finished.BestScores["pearson"].ShouldBe(summary.BestScores["pearson"]);

        // Stopped at the third of the networks, and again right after the first checkpoint of the next.
        foreach (string at in new[] { "gru-fold-3", "gru-fold-4" })
        {
            using CancellationTokenSource stop = new();
            Should.Throw<OperationCanceledException>(() => Train(recipe, "killed", "val", happening =>
            {
                if (happening is MemberStarted { Name: var name } && name == at)
                {
                    stop.Cancel();
                }
            }, stop.Token));
        }

        File.Exists(new RunFolder(_folder.File("killed")).Best).ShouldBeFalse();
        Train(recipe, "killed", "val");
        File.ReadAllBytes(new RunFolder(_folder.File("killed")).Best).ShouldBe(File.ReadAllBytes(whole.Best));
    }

    [Theory]
    [InlineData("ensemble.heads=[forest]", "expected kinds of heads")]
    [InlineData("ensemble.heads=[gru, gru]", "expected each kind once")]
    [InlineData("train.epochs_by_folds=true", "train.patience must be 0", "train.patience=3")]
    public void WrongSettingsAreNamed(string setting, string message, string? more = null) =>
        Should.Throw<RecipeException>(() => ToyDataset.Recipe(more is null ? [setting] : [setting, more])).Message.ShouldContain(message);

    [Fact]
    public void OneTrainerDoesNotPassForAnEnsemble()
    {
        Recipe recipe = ToyDataset.Recipe(s_ensemble);
        VideoSet set = ToyDataset.Set("train", 4, recipe);
        Should.Throw<RecipeException>(() => Trainer.Open(recipe, set, set, new RunFolder(_folder.File("one")))).Message.ShouldContain("ensemble.heads");
    }

    // Means over all videos of the folds' scores, which the files of the folds hold.
    private static (int Best, double[] Means) BestOfFolds(Recipe recipe, string folder)
    {
        double[][] scores = [.. Enumerable.Range(1, 5).Select(fold => MetricsFile.ReadScores(
            new RunFolder(Path.Combine(folder, "members", $"gru-fold-{fold}")).Metrics, "pearson").Select(epoch => epoch.Score).ToArray())];
        double[] means = [.. Enumerable.Range(0, recipe.Train.Epochs).Select(epoch => scores.Average(fold => fold[epoch]))];
        return (Array.IndexOf(means, means.Max()) + 1, means);
    }

    private float[] Weights(string name)
    {
        using ModelFile file = ModelFile.Open(new RunFolder(_folder.File(name)).Best);
        using Heads.Networks.ReactionHead head = file.CreateHead();
        return [.. head.CopyWeights().SelectMany(weights => weights.Values)];
    }

    private RunFinished Train(
        Recipe recipe, string name, string validation, Action<TrainingEvent>? progress = null, CancellationToken cancellationToken = default) =>
        RecipeRun.Train(
        recipe,
        ToyDataset.Set("train", 10, recipe),
        ToyDataset.Set(validation, 3, recipe),
        new RunFolder(_folder.File(name)),
        new TrainerOptions { TensorBoard = false },
        progress is null ? null : new InlineProgress<TrainingEvent>(progress),
        cancellationToken);
}
