using Evoke.Datasets.Labels;
using Evoke.Datasets.Sets;
using Evoke.Datasets.Sources;
using Evoke.Kernels.Torch;
using Evoke.Testing;
using Evoke.Testing.Learning;
using Evoke.Training.Epochs;
using Evoke.Training.Members;
using Evoke.Training.Recipes;
using Evoke.Training.Runs;
using Microsoft.Extensions.Logging;

namespace Evoke.Training.Tests.Epochs;

public sealed class TrainingLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TrainingLogTests() => TorchRuntime.Start(threads: 1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ARunLogsItsStartItsEpochsItsValidationsAndItsEnd()
    {
        Recipe recipe = ToyDataset.Recipe("train.epochs=4", "train.validate_every=2");
        CollectingLogger paused = Train(recipe, new TrainerOptions { TensorBoard = false, PauseAfterEpochs = 2 });
        paused.Names.ShouldBe(["TrainingStarted", "VideosMissing", "EpochDone", "EpochDone", "ValidationDone", "TrainingEnded"]);
        LoggedEvent started = paused.Only("TrainingStarted");
        (started.Id, started.Level, started.Fields["Folder"], started.Fields["TrainingVideos"], started.Fields["Epochs"])
            .ShouldBe((3001, LogLevel.Information, _folder.File("run"), 6, 4));
        LoggedEvent missing = paused.Only("VideosMissing");
        (missing.Level, missing.Fields["Missing"], missing.Fields["Video"]).ShouldBe((LogLevel.Warning, 1, "train6"));

        CollectingLogger resumed = Train(recipe, new TrainerOptions { TensorBoard = false });
        resumed.Names.ShouldBe(["TrainingStarted", "TrainingResumed", "VideosMissing", "EpochDone", "EpochDone", "ValidationDone", "TrainingEnded"]);
        resumed.Only("TrainingResumed").Fields["Epoch"].ShouldBe(2);
        resumed.Events.Where(logged => logged.Name == "EpochDone").Select(logged => logged.Fields["Epoch"]).ShouldBe([3, 4]);
        double pearson = RunSummary.Read(new RunFolder(_folder.File("run"))).BestScores["pearson"];
        double[] scores = [.. new[] { paused, resumed }.Select(log => (double)log.Only("ValidationDone").Fields["Pearson"]!)];
        scores.Max().ShouldBe(pearson, 1e-6);
        resumed.Only("TrainingEnded").Fields["BestEpoch"].ShouldBe(scores[1] > scores[0] ? 4 : 2);
    }

    [Fact]
    public void MembersOfAnEnsembleLogAsRunsOfTheirOwn()
    {
        Recipe recipe = ToyDataset.Recipe("train.epochs=1", "train.warm_up_epochs=0", "ensemble.heads=[ridge]", "head.penalty=1");
        CollectingLogger log = new();
        RecipeRun.Train(
            recipe, ToyDataset.Set("train", 6, recipe), ToyDataset.Set("val", 4, recipe), new RunFolder(_folder.File("ensemble")),
            new TrainerOptions { TensorBoard = false, Logger = log }, cancellationToken: TestContext.Current.CancellationToken);
        string[] folders = [.. log.Events.Where(logged => logged.Name == "TrainingStarted").Select(logged => (string)logged.Fields["Folder"]!)];
        folders.Length.ShouldBeGreaterThan(1);
        folders.ShouldBeUnique();
        log.Only("MembersJoined").Fields["Members"].ShouldBe(folders.Length);
    }

    private CollectingLogger Train(Recipe recipe, TrainerOptions options)
    {
        CollectingLogger log = new();
        string[] ids = ToyDataset.Ids("train", 7);
        LabelSet labels = new("train", ToyDataset.Scheme, ids.Select(ToyDataset.Labels));
        MemoryFeatureSource features = new("train", ids[..6], ToyDataset.Features);
        VideoSet train = VideoSet.Join(labels, features, recipe.Data.Modalities, recipe.Data.Rate);
        using Trainer trainer = Trainer.Open(
            recipe, train, ToyDataset.Set("val", 4, recipe), new RunFolder(_folder.File("run")), options with { Logger = log },
            TestContext.Current.CancellationToken);
        trainer.Run(cancellationToken: TestContext.Current.CancellationToken);
        return log;
    }
}
