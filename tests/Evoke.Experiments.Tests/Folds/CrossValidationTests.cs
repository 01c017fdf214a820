using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sources;
using Evoke.Datasets.Splits;
using Evoke.Experiments.Folds;
using Evoke.Experiments.Lags;
using Evoke.Files;
using Evoke.Kernels.Torch;
using Evoke.Testing;
using Evoke.Testing.Learning;
using Evoke.Training.Epochs;
using Evoke.Training.Recipes;
using Evoke.Training.Runs;

namespace Evoke.Experiments.Tests.Folds;

public sealed class CrossValidationTests : IDisposable
{
    private static readonly string[] s_results =
    [
        "plan.json", "split.csv", "predictions.csv", "clock.csv", "ridge.csv", "scores.json", "scores.csv", "scores.md",
        Path.Combine("fold-1", "run", "best.safetensors"), Path.Combine("fold-2", "run", "best.safetensors"),
        Path.Combine("fold-3", "run", "best.safetensors"),
    ];

    private static readonly Recipe s_recipe = ToyDataset.Recipe("train.epochs=2", "train.validate_every=1", "head.visual_hidden=4", "head.audio_hidden=4");
    private static readonly VideoGroups s_films = VideoGroups.ByPattern(@"(toy\d)\d*");

    private readonly TemporaryFolder _folder = new();

    public CrossValidationTests() => TorchRuntime.Start(threads: 1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void KilledOrInShardsItEndsInTheSameBytesAndDoesNothingTwice()
    {
        CrossValidationReport report = Prepare("whole").Run(cancellationToken: TestContext.Current.CancellationToken).Report!;
        report.Models.Select(model => model.Name).ShouldBe(["model", "clock", "ridge"]);
        LabelSet.Read(Path.Combine(_folder.File("whole"), "predictions.csv")).Videos.Select(video => video.VideoId)
            .ShouldBe(Labels().Videos.Select(video => video.VideoId));

        using CancellationTokenSource cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Should.Throw<OperationCanceledException>(() => Prepare("killed").Run(
            progress: new InlineProgress<FoldProgress>(progress =>
            {
                if (progress is { Fold.Number: 2, Happening: Validated })
                {
                    cancel.Cancel();
                }
            }),
            cancellationToken: cancel.Token));
        HashSet<int> trained = [];
        Prepare("killed").Run(progress: Steps(trained), cancellationToken: TestContext.Current.CancellationToken);
        trained.ShouldBe([2, 3]);
        ShouldBeEqual("killed");

        trained.Clear();
        Prepare("killed").Run(progress: Steps(trained), cancellationToken: TestContext.Current.CancellationToken);
        trained.ShouldBeEmpty();

        CollectingLogger log = new(), other = new();
        CrossValidationState first = Prepare("shards", logger: log).Run(1, 2, cancellationToken: TestContext.Current.CancellationToken);
        (first.Report, string.Join(',', first.Waiting)).ShouldBe((null, "1,3"));
        OwnOf(log).ShouldBe(["CrossValidationStarted", "FoldDone", "FoldsLeft"]);
        CrossValidationReport whole = Prepare("shards", logger: other).Run(0, 2, cancellationToken: TestContext.Current.CancellationToken).Report!;
        OwnOf(other).ShouldBe(["CrossValidationStarted", "FoldDone", "FoldDone", "CrossValidationEnded"]);
        other.Only("CrossValidationEnded").Fields["Pearson"].ShouldBe(whole.Models[0].All["pearson"].Mean);
        other.Names.Count(name => name == "TrainingStarted").ShouldBe(2);
        ShouldBeEqual("shards");
    }

    [Fact]
    public void NoFoldSharesAGroupWithWhatItIsTrainedOnAndEveryVideoIsInOne()
    {
        CrossValidation folds = Prepare("folds");

        folds.Folds.SelectMany(fold => fold.Test).Order().ShouldBe(Labels().Videos.Select(video => video.VideoId).Order());
        foreach (Fold fold in folds.Folds)
        {
            string[][] groups = [.. new[] { fold.Test, fold.Validation, fold.Train }.Select(ids => s_films.Of(ids).Distinct().ToArray())];
            groups.SelectMany(ids => ids).ShouldBeUnique();
            groups.ShouldAllBe(ids => ids.Length > 0);
        }

        Prepare("groups", new() { Folds = null, Groups = s_films }).Folds.Select(fold => s_films.Of(fold.Test).Distinct().Single())
            .ShouldBe(["toy0", "toy1", "toy2", "toy3", "toy4", "toy5"]);
        Should.Throw<CrossValidationException>(() => Prepare("few", new() { Folds = 7, Groups = s_films })).Message
            .ShouldContain("expected at least 7 groups of videos (by the pattern (toy\\d)\\d*); found 6");
    }

    [Fact]
    public void TheFolderOfAnotherOneIsRefusedWithWhatDiffers()
    {
        CrossValidation one = Prepare("one");
        using CancellationTokenSource cancel = new();
        Should.Throw<OperationCanceledException>(
            () => one.Run(progress: new InlineProgress<FoldProgress>(_ => cancel.Cancel()), cancellationToken: cancel.Token));

        Should.Throw<CrossValidationException>(() => Prepare("one", new() { Folds = 3, Seed = 2, Groups = s_films }).Run()).Message.ShouldContain("the seed");
        Should.Throw<CrossValidationException>(() => Prepare("one", recipe: ToyDataset.Recipe("train.epochs=9")).Run()).Message
            .ShouldContain("train.epochs was 2 and is 9");
    }

    [Fact]
    public void EachFoldFindsItsLagOnItsTrainingVideosAlone()
    {
        LabelSet late = new("late", ToyDataset.Scheme, Labels().Videos.Select(video => new LabelledVideo(video.Times, Later(video.Curves, seconds: 2))));
        CrossValidationOptions options = new() { Folds = 3, ValidationShare = 0.3, FindsLag = true, Epoch = EpochChoice.Last, WithBaselines = false };
        IFeatureSource features = new MemoryFeatureSource("toy", ToyDataset.Ids("toy", 12), ToyDataset.Features);
        Recipe ridge = ToyDataset.Recipe("train.epochs=1", "train.warm_up_epochs=0", "head.kind=ridge", "head.penalty=1");
        CrossValidation folds = new(ridge, late, features, _folder.File("lags"), options, new TrainerOptions { TensorBoard = false });
        CrossValidationReport report = folds.Run(cancellationToken: TestContext.Current.CancellationToken).Report!;

        double[] expected = [.. folds.Folds.Select(fold => LagSearch.Run(
            late.Only("training", [.. fold.Train, .. fold.Validation]),
            features,
            cancellationToken: TestContext.Current.CancellationToken).Chosen)];
        expected.ShouldContain(lag => lag > 1);
        report.FoldLags.ShouldBe(expected);
        report.Lag.ShouldBe(0);

        // Each fold's predictions come later by its lag: the first one is held until then.
        Fold first = folds.Folds[Array.FindIndex(expected, lag => lag > 1)];
        EmotionCurves predicted = LabelSet.ReadPredictions(Path.Combine(_folder.File("lags"), "predictions.csv"), late.Scheme).Find(first.Test[0])!.Curves;
        int held = (int)(expected[first.Number - 1] * predicted.Grid.Rate.Hertz);
        Enumerable.Range(0, held + 1).Select(row => predicted.Values[row * late.Scheme.Count]).Distinct().Count().ShouldBe(1);
        Should.Throw<CrossValidationException>(() => new CrossValidation(
            ridge with { Data = ridge.Data with { Lag = 1 } }, late, features, _folder.File("other"), options)).Message.ShouldContain("data.lag must be 0");
    }

    private static EmotionCurves Later(EmotionCurves curves, int seconds)
    {
        int width = curves.Scheme.Count, rows = (int)(seconds * curves.Grid.Rate.Hertz);
        float[] moved = [.. Enumerable.Range(0, curves.Values.Length).Select(i => curves.Values[Math.Max(i % width, i - (rows * width))])];
        return new EmotionCurves(curves.Scheme, curves.Grid, moved);
    }

    private static InlineProgress<FoldProgress> Steps(HashSet<int> folds) => new(progress =>
    {
        if (progress.Happening is StepDone)
        {
            folds.Add(progress.Fold.Number);
        }
    });

    private void ShouldBeEqual(string folder)
    {
        foreach (string file in s_results)
        {
            File.ReadAllBytes(Path.Combine(_folder.File(folder), file)).ShouldBe(File.ReadAllBytes(Path.Combine(_folder.File("whole"), file)), file);
        }
    }

    private static IEnumerable<string?> OwnOf(CollectingLogger log) => log.Events.Where(logged => logged.Id / 100 == 41).Select(logged => logged.Name);

    private CrossValidation Prepare(
        string folder, CrossValidationOptions? options = null, Recipe? recipe = null, CollectingLogger? logger = null) => new(
        recipe ?? s_recipe,
        Labels(),
        new MemoryFeatureSource("toy", ToyDataset.Ids("toy", 12).Concat(["toy50"]), ToyDataset.Features),
        _folder.File(folder),
        options ?? new CrossValidationOptions { Folds = 3, Groups = s_films, ValidationShare = 0.3 },
        new TrainerOptions { TensorBoard = false, Logger = logger });

    // toy0 to toy5, and toy10 and toy11 belong to toy1.
    private static LabelSet Labels() => new(
        "toy", ToyDataset.Scheme, ToyDataset.Ids("toy", 12).Where(id => id is not ("toy6" or "toy7" or "toy8" or "toy9")).Select(ToyDataset.Labels));
}
