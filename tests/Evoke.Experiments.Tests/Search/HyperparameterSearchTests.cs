using Evoke.Datasets.Labels;
using Evoke.Datasets.Sets;
using Evoke.Datasets.Sources;
using Evoke.Experiments.Search;
using Evoke.Files;
using Evoke.Kernels.Torch;
using Evoke.Testing;
using Evoke.Testing.Learning;
using Evoke.Training.Clips;
using Evoke.Training.Epochs;
using Evoke.Training.Recipes;
using Evoke.Training.Runs;

namespace Evoke.Experiments.Tests.Search;

public sealed class HyperparameterSearchTests : IDisposable
{
    private const string Halving =
        """
        name: toy
        base: demo
        set: [
          head.visual_hidden=4, head.audio_hidden=4, train.epochs=4, train.batch=8, train.validate_every=1, train.warm_up_epochs=0,
          data.clip_steps=12, train.precision=float32]
        trials: 6
        min_epochs: 1
        factor: 2
        seed: 3
        ranges:
          train.lr: { log_uniform: [1e-4, 3e-2] }
          loss.kind: { choices: [l1, ccc, mse] }
        """;

    private readonly TemporaryFolder _folder = new();

    public HyperparameterSearchTests() => TorchRuntime.Start(threads: 1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void HalvingSpendsItsEpochsOnTheBest()
    {
        HyperparameterSearch search = Prepare(Halving, "search");

        SearchReport report = search.Run(cancellationToken: TestContext.Current.CancellationToken);

        report.Trials.Select(trial => trial.Epochs).Order().ShouldBe([1, 1, 1, 2, 2, 4]);
        report.Trials.Count(trial => trial.State == TrialState.Finished).ShouldBe(1);
        report.Trials.Select(trial => trial.Score).ShouldBeInOrder(SortDirection.Descending);
        report.Trials.ShouldAllBe(trial => double.Parse(trial.Values[0], System.Globalization.CultureInfo.InvariantCulture) >= 1e-4);
        File.ReadAllLines(search.TrialsFile)[0].ShouldBe("trial,pearson,epochs,best_epoch,state,train.lr,loss.kind");
        File.ReadAllLines(search.TrialsFile).Length.ShouldBe(7);
        RecipeReader.Read(search.BestRecipeFile).Name.ShouldBe($"toy-{report.Best.Number}");
        TrialTable.ToText(report).Split('\n')[1].ShouldContain(report.Best.Values[1]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ASearchThatWasBrokenOffEndsInTheSameTableAndModels(bool atACheckpoint)
    {
        Prepare(Halving, "whole").Run(cancellationToken: TestContext.Current.CancellationToken);
        using CancellationTokenSource cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        int steps = 0;
        Should.Throw<OperationCanceledException>(() => Prepare(Halving, "broken").Run(
            new InlineProgress<SearchProgress>(progress =>
            {
                if (progress.Happening is StepDone && ++steps == 20)
                {
                    cancel.Cancel();
                }
            }),
            atACheckpoint ? TestContext.Current.CancellationToken : cancel.Token,
            atACheckpoint ? cancel.Token : TestContext.Current.CancellationToken));

        int stepsOfTheRest = 0;
        InlineProgress<SearchProgress> rest = new(progress => stepsOfTheRest += progress.Happening is StepDone ? 1 : 0);
        Prepare(Halving, "broken").Run(rest, TestContext.Current.CancellationToken);

        IEnumerable<string> models = Enumerable.Range(0, 6).Select(trial => Path.Combine("trials", $"00{trial}", "last.safetensors"));
        foreach (string file in (string[])["trials.csv", "best.yaml", .. models])
        {
            File.ReadAllBytes(Path.Combine(_folder.File("broken"), file)).ShouldBe(File.ReadAllBytes(Path.Combine(_folder.File("whole"), file)), file);
        }

        stepsOfTheRest.ShouldBeGreaterThan(0);
        int stepsOfADoneSearch = 0;
        InlineProgress<SearchProgress> done = new(progress => stepsOfADoneSearch += progress.Happening is StepDone ? 1 : 0);
        Prepare(Halving, "broken").Run(done, TestContext.Current.CancellationToken);
        stepsOfADoneSearch.ShouldBe(0);
    }

    [Fact]
    public void ADamagedTrialIsToldAndTheSearchGoesOn()
    {
        string random = Halving.Replace("factor: 2", "strategy: random", StringComparison.Ordinal).Replace("trials: 6", "trials: 3", StringComparison.Ordinal);
        Prepare(random, "search").Run(cancellationToken: TestContext.Current.CancellationToken);
        RunFolder lost = new(Path.Combine(_folder.File("search"), "trials", "001")), mended = new(Path.Combine(_folder.File("search"), "trials", "002"));
        byte[] table = File.ReadAllBytes(mended.Metrics);
        File.WriteAllText(lost.Checkpoint, "no tensors");
        File.Copy(HostileFile.PathOf("metrics-9.csv"), mended.Metrics, overwrite: true);

        SearchReport report = Prepare(random, "search").Run(cancellationToken: TestContext.Current.CancellationToken);

        report.Damages.ShouldHaveSingleItem().Message.ShouldContain(lost.Checkpoint);
        report.Trials.Select(trial => (trial.Number, trial.State)).OrderBy(trial => trial.Number)
            .ShouldBe([(0, TrialState.Finished), (1, TrialState.Damaged), (2, TrialState.Finished)]);
        File.ReadAllBytes(mended.Metrics).ShouldBe(table);
    }

    [Fact]
    public void ATrialThatRestedEndsAsOneThatDidNot()
    {
        SearchReport report = Prepare(Halving, "search").Run(cancellationToken: TestContext.Current.CancellationToken);
        Recipe recipe = RecipeReader.Read(Path.Combine(_folder.File("search"), "best.yaml"));
        SearchTrial finished = report.Trials.Single(trial => trial.State == TrialState.Finished);
        report.Best.ShouldBe(finished);
        RunFolder alone = new(_folder.File("alone"));
        VideoSet train = ToyDataset.Set("train", 24, recipe), validation = ToyDataset.Set("val", 8, recipe);
        using (Trainer trainer = Trainer.Open(recipe, train, validation, alone, cancellationToken: TestContext.Current.CancellationToken))
        {
            trainer.Run(cancellationToken: TestContext.Current.CancellationToken);
        }

        File.ReadAllBytes(alone.Last).ShouldBe(File.ReadAllBytes(new RunFolder(finished.Folder).Last));
    }

    [Fact]
    public void RandomSearchTrainsEveryTrialToTheEndAndOtherSeedsTryOtherValues()
    {
        string random = Halving.Replace("factor: 2", "strategy: random", StringComparison.Ordinal).Replace("trials: 6", "trials: 2", StringComparison.Ordinal);

        SearchReport one = Prepare(random, "one").Run(cancellationToken: TestContext.Current.CancellationToken);
        SearchReport other = Prepare(
            random.Replace("seed: 3", "seed: 4", StringComparison.Ordinal), "other").Run(cancellationToken: TestContext.Current.CancellationToken);

        one.Trials.ShouldAllBe(trial => trial.State == TrialState.Finished && trial.Epochs == 4);
        one.Trials.Select(trial => trial.Values[0]).Intersect(other.Trials.Select(trial => trial.Values[0])).ShouldBeEmpty();
    }

    [Fact]
    public void TheFolderOfAnotherSearchIsRefused()
    {
        Prepare(Halving, "search").Run(cancellationToken: TestContext.Current.CancellationToken);

        HyperparameterSearch reseeded = Prepare(Halving.Replace("seed: 3", "seed: 4", StringComparison.Ordinal), "search");
        Should.Throw<RunFolderException>(() => reseeded.Run(cancellationToken: TestContext.Current.CancellationToken));
    }

    private HyperparameterSearch Prepare(string yaml, string folder)
    {
        RecipeData data = new(Labels("train", 24), Labels("val", 8), Features(("train", 24), ("val", 8)));
        return new HyperparameterSearch(SearchReader.Parse(yaml, "toy"), data, _folder.File(folder), new TrainerOptions { TensorBoard = false });
    }

    private static LabelSet Labels(string name, int videos) => new(name, ToyDataset.Scheme, ToyDataset.Ids(name, videos).Select(ToyDataset.Labels));

    private static MemoryFeatureSource Features(params (string Name, int Videos)[] sets) =>
        new("toy", [.. sets.SelectMany(set => ToyDataset.Ids(set.Name, set.Videos))], ToyDataset.Features);
}
