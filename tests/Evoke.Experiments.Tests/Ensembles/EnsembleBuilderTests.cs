using Evoke.Curves;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Sets;
using Evoke.Datasets.Sources;
using Evoke.Experiments.Ensembles;
using Evoke.Heads.ModelFiles;
using Evoke.Heads.Models;
using Evoke.Kernels.Torch;
using Evoke.Testing;
using Evoke.Testing.Learning;
using Evoke.Training.Epochs;
using Evoke.Training.Evaluation;
using Evoke.Training.Recipes;
using Evoke.Training.Runs;

namespace Evoke.Experiments.Tests.Ensembles;

public sealed class EnsembleBuilderTests : IDisposable
{
    private const int Videos = 10;

    private readonly TemporaryFolder _folder = new();
    private readonly VideoSet _validation = ToyDataset.Set("val", Videos, ToyDataset.Recipe());

    public EnsembleBuilderTests() => TorchRuntime.Start(threads: 1);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(EnsembleWeighting.Mean)]
    [InlineData(EnsembleWeighting.Fitted)]
    public void TheBestAreJoinedAndTheFileScoresWhatTheReportSays(EnsembleWeighting weighting)
    {
        string[] runs = [Train(1, 2), Train(2, 12), Train(3, 12), Train(4, 12)];
        string path = _folder.File("ensemble.safetensors");

        EnsembleReport report = Build(runs, path, new EnsembleOptions { Top = 3, Weighting = weighting });

        double[] recorded = [.. runs.Select(run => RunSummary.Read(new RunFolder(run)).BestScores["pearson"])];
        report.Members.Select(member => member.RecordedPearson!.Value).ShouldBe(recorded.OrderDescending().Take(3));
        report.LeftOut.Single().Name.ShouldBe(runs[Array.IndexOf(recorded, recorded.Min())]);
        report.Members.ShouldAllBe(member => Math.Abs(member.Pearson - member.RecordedPearson!.Value) < 1e-5);
        report.BestMember.Pearson.ShouldBe(report.Members.Max(member => member.Pearson));
        report.Gain.ShouldBe(report.Score.Pearson - report.BestMember.Pearson);
        report.Gain.ShouldBeInRange(report.GainInterval!.Low, report.GainInterval.High);

        using HeadModel model = HeadModel.Load(path);
        model.Members.Count.ShouldBe(3);
        EvaluationReport evaluated = Evaluator.Score(_validation.Labels, model, _validation.Features, cancellationToken: TestContext.Current.CancellationToken);
        (evaluated.Pearson, evaluated.PearsonDetectedOnly, evaluated.Ccc).ShouldBe((report.Score.Pearson, report.Score.PearsonDetectedOnly, report.Score.Ccc));
        report.CrossValidatedPearson.HasValue.ShouldBe(weighting == EnsembleWeighting.Fitted);
        using ModelFile file = ModelFile.Open(path);
        (file.ReadEmotionWeights() is not null).ShouldBe(weighting == EnsembleWeighting.Fitted);
    }

    [Fact]
    public void SeedsTogetherDoBetterThanTheBestOfThem() =>
        Build([Train(1, 12), Train(2, 12), Train(3, 12)], _folder.File("ensemble.safetensors")).Gain.ShouldBeGreaterThan(0);

    [Fact]
    public void TheFolderOfTheFileIsMadeAndTheWorkIsLogged()
    {
        string path = Path.Combine(_folder.Path, "new", "folder", "ensemble.safetensors");
        CollectingLogger log = new();
        EnsembleReport report = Build([Train(1, 2)], path, new EnsembleOptions { Logger = log });
        File.Exists(path).ShouldBeTrue();
        log.Names.ShouldBe(["EnsembleStarted", .. Enumerable.Repeat("MembersPredicted", Videos), "EnsembleWritten"]);
        (log.Only("EnsembleWritten").Fields["File"], log.Only("EnsembleWritten").Fields["Pearson"]).ShouldBe((path, report.Score.Pearson));
    }

    [Fact]
    public void WhatCannotBeAnEnsembleIsNamed()
    {
        string run = Train(1, 2), other = Train(2, 2, "data.rate=2"), merged = Train(3, 2, "data.merge_validation=true");
        string path = _folder.File("ensemble.safetensors");
        Should.Throw<EnsembleException>(() => Build([run, new RunFolder(run).Best], path)).Message.ShouldContain("is given twice");
        Should.Throw<EnsembleException>(() => Build([run], _folder.Path)).Message.ShouldContain("is a folder");
        // The other model is compared with the better one.
        Should.Throw<EnsembleMismatchException>(() => Build([run, other], path)).Message.ShouldMatch("rate: expected (1 Hz, found 2|2 Hz, found 1) Hz");
        Should.Throw<EnsembleException>(() => Build([run, merged], path, new EnsembleOptions { Weighting = EnsembleWeighting.Fitted }))
            .Message.ShouldContain("trained on the validation videos too");
        string late = Train(4, 2, "data.lag=1.5");
        EnsembleCandidate.Of(late).LagSeconds.ShouldBe(1.5);
        Should.Throw<EnsembleException>(() => Build([run, late], path)).Message.ShouldContain("must be trained with the same data.lag");
        Should.Throw<RunFolderException>(() => Build([_folder.Path], path)).Message.ShouldContain("best.safetensors");
        File.Exists(path).ShouldBeFalse();

        EnsembleReport mean = Build([run, merged], path);
        mean.Members.Single(member => member.SawValidation).Name.ShouldBe(merged);
        Should.Throw<EnsembleException>(() => Build([run, path], _folder.File("again.safetensors")))
            .Message.ShouldContain("is already an ensemble of 2 models");
    }

    [Fact]
    public void ModelsWithoutScoresAreTakenOnlyIfThereIsNothingToChoose()
    {
        EnsembleCandidate scored = new("scored", "a", 0.1, new Rate(1), false), better = new("better", "c", 0.2, new Rate(1), false);
        EnsembleCandidate unscored = new("unscored", "b", null, new Rate(1), false);
        EnsembleCandidate.Best([scored, better], 1).ShouldBe([better]);
        EnsembleCandidate.Best([unscored, scored], 2).ShouldBe([scored, unscored]);
        Should.Throw<EnsembleException>(() => EnsembleCandidate.Best([unscored, scored, better], 2))
            .Message.ShouldContain("unscored has no validation score 'pearson'");
    }

    [Fact]
    public void RunsRememberTheirSourcesAndSayIfTheyDiffer()
    {
        RunSources sources = new()
        {
            TrainLabels = new LabelFile("train.csv", new string('1', 64)),
            ValidationLabels = new LabelFile("val.csv", new string('2', 64)),
            Features = new FeatureLocation { Folder = "features" },
        };
        string one = Train(1, 2, sources), other = Train(2, 2, sources);
        string apart = Train(3, 2, sources with { ValidationLabels = new LabelFile("val.csv", new string('3', 64)) });

        RunSources remembered = RunSources.InCommon([one, new RunFolder(other).Best]);
        (remembered.ValidationLabels, remembered.Features)
            .ShouldBe((new LabelFile(Path.GetFullPath("val.csv"), new string('2', 64)), new FeatureLocation { Folder = Path.GetFullPath("features") }));
        Should.Throw<RunFolderException>(() => RunSources.InCommon([one, apart])).Message.ShouldContain("different validation labels");
        RunSources.InCommon([_folder.File("alone.safetensors")]).ShouldBe(new RunSources());
    }

    private EnsembleReport Build(string[] runs, string path, EnsembleOptions? options = null) =>
        EnsembleBuilder.Build(runs, _validation.Labels, _validation.Features, path, options, cancellationToken: TestContext.Current.CancellationToken);

    private string Train(int seed, int epochs, params string[] settings) => Train(seed, epochs, new RunSources(), settings);

    private string Train(int seed, int epochs, RunSources sources, params string[] settings)
    {
        Recipe recipe = ToyDataset.Recipe([$"train.seed={seed}", $"train.epochs={epochs}", $"train.validate_every={epochs}", .. settings]);
        string folder = _folder.File($"run-{seed}");
        TrainerOptions options = new() { TensorBoard = false, Sources = sources };
        using Trainer trainer = Trainer.Open(
            recipe, ToyDataset.Set("train", 24, recipe), ToyDataset.Set("val", Videos, recipe), new RunFolder(folder), options,
            TestContext.Current.CancellationToken);
        trainer.Run(cancellationToken: TestContext.Current.CancellationToken);
        return folder;
    }
}
