using System.Text.Json;
using Evoke.Curves.Csv;
using Evoke.Experiments.Paper;
using Evoke.Features;
using Evoke.Features.Store;
using Evoke.Files;
using Evoke.Kernels.Torch;
using Evoke.Testing;
using Evoke.Testing.Learning;
using Evoke.Training.Epochs;
using Evoke.Training.Runs;

namespace Evoke.Experiments.Tests.Paper;

public sealed class ReproductionTests : IDisposable
{
    private static readonly string[] s_quick =
    [
        "head.visual_hidden=4", "head.audio_hidden=4", "head.channels=4", "train.epochs=2", "train.validate_every=1", "train.batch=8", "train.warm_up_epochs=0",
        "train.swa_from=0",
        "data.clip_steps=12", "train.precision=float32",
    ];

    private readonly TemporaryFolder _folder = new();

    public ReproductionTests() => TorchRuntime.Start(threads: 1);

    public void Dispose() => _folder.Dispose();

    [Fact(Explicit = true)] // about a minute of two cores: `./test.sh --full`
    public async Task EveryTableStandsBesideThePapersNumbers()
    {
        using ReproductionData data = await OpenAsync(withTest: true);

        ReproductionReport report = Reproduce(data, "out", [1, 2, 3, 4], seeds: 2);

        report.Scale.ShouldBe(ReproductionScale.Small);
        report.DoneRuns.ShouldBe(report.Runs);
        report.Failures.ShouldBeEmpty();
        report.Tables.Select(table => table.Number).ShouldBe([1, 2, 3, 4]);
        TableRow paper = report.Tables[0].Rows[2];
        paper.Cells[0].Paper!.Low.ShouldBe(0.0121);
        paper.Cells[0].Ours!.Values.Length.ShouldBe(2);
        paper.Cells[0].Ours!.Deviation.ShouldNotBeNull();
        report.Tables[0].Rows[0].Missing.ShouldNotBeNull().ShouldContain("--rate 6");
        report.Tables[1].Rows.Count(row => row.Cells[0].Ours is not null).ShouldBe(5);
        report.Tables[2].Rows.ShouldAllBe(row => row.Cells[0].Ours != null);
        report.Tables[3].Rows[0].Cells[0].Ours.ShouldNotBeNull();
        EevCsv.ReadLabels(Path.Combine(_folder.File("out"), "submission.csv")).Select(video => video.VideoId).ShouldBe(ToyDataset.Ids("test", 3));
        string text = ReproductionText.Render(report);
        text.ShouldContain("Table 3. Loss functions");
        text.ShouldContain("0.0137");
        File.ReadAllText(Path.Combine(_folder.File("out"), "tables.md")).ShouldContain("| KL | 0.0137 |");
        File.ReadAllText(Path.Combine(_folder.File("out"), "tables.html")).ShouldContain("<svg role=\"img\"");
        JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder.File("out"), "tables.json"))).RootElement.GetProperty("scale").GetString().ShouldBe("small");
    }

    [Fact]
    public async Task WhatIsDoneIsNotDoneAgainAndOtherTablesAddTheirRunsOnly()
    {
        using ReproductionData data = await OpenAsync();
        Reproduce(data, "out", [3]).TrainedRuns.ShouldBe(3);
        byte[] tables = File.ReadAllBytes(Path.Combine(_folder.File("out"), "tables.md"));

        Reproduce(data, "out", [3]).TrainedRuns.ShouldBe(0);
        File.ReadAllBytes(Path.Combine(_folder.File("out"), "tables.md")).ShouldBe(tables);
        Reproduce(data, "out", [2, 3]).TrainedRuns.ShouldBe(3);
        Reproduce(data, "out", [3], seeds: 2).TrainedRuns.ShouldBe(3);
    }

    [Fact]
    public async Task OneThatWasBrokenOffEndsInTheSameModelsAndTables()
    {
        using ReproductionData data = await OpenAsync();
        Reproduce(data, "whole", [3]);
        using CancellationTokenSource cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Experiments.Paper.Reproduction broken = new(data, _folder.File("broken"), Options([3], 1));
        Should.Throw<OperationCanceledException>(() => broken.Run(
            new InlineProgress<ReproductionProgress>(progress =>
            {
                if (progress is { Position: 1, Happening: StepDone { Epoch: > 1 } })
                {
                    cancel.Cancel();
                }
            }),
            cancel.Token));

        Reproduce(data, "broken", [3]).TrainedRuns.ShouldBe(2);

        foreach (string file in (string[])["tables.md", .. broken.Runs.Select(run => Path.Combine("runs", run.FolderName, "best.safetensors"))])
        {
            File.ReadAllBytes(Path.Combine(_folder.File("broken"), file)).ShouldBe(File.ReadAllBytes(Path.Combine(_folder.File("whole"), file)), file);
        }
    }

    [Fact]
    public async Task RunsOfOtherSettingsAreRefused()
    {
        using ReproductionData data = await OpenAsync();
        Reproduce(data, "out", [3]);

        Should.Throw<RunFolderException>(() => new Experiments.Paper.Reproduction(
            data,
            _folder.File("out"),
            Options([3], 1) with { Settings = [.. s_quick, "train.lr=1e-2"] }).Run(cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task RunsThatDivergeAreNamedAndNotTriedAgainUnlessTheirRecipeChanges()
    {
        (await OpenAsync()).Dispose();
        SpoilFeatures(ToyDataset.Ids("train", 12));
        using ReproductionData data = await OpenAgainAsync();

        string[] raw = [.. s_quick, "data.normalisation=none"];
        ReproductionReport report = Reproduce(data, "out", [3], settings: raw);
        int heard = 0, heardOfOthers = 0;
        ReproductionReport again = Reproduce(data, "out", [3], settings: raw, progress: _ => heard++);
        Reproduce(data, "out", [3], settings: [.. raw, "train.lr=1e-4"], progress: _ => heardOfOthers++);

        report.Failures.Select(failure => failure.Split(':')[0]).ShouldBe(["paper, seed 1", "kl, seed 1", "ccc, seed 1"]);
        report.Failures.ShouldAllBe(failure => failure.Contains("Try a smaller train.lr"));
        report.Tables[0].Rows.ShouldAllBe(row => row.Cells[0].Ours == null);
        ReproductionText.Render(report).ShouldContain("Failed: kl, seed 1: The loss is NaN");
        File.ReadAllText(Path.Combine(_folder.File("out"), "tables.html")).ShouldContain("Failed: kl, seed 1");
        again.Failures.ShouldBe(report.Failures);
        heard.ShouldBe(0);
        heardOfOthers.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task WhatIsMissingIsNamedWithTheCommandThatMakesIt()
    {
        (await Should.ThrowAsync<ReproductionDataException>(() => ReproductionData.OpenAsync(_folder.File("gone"), dense: false)))
            .Message.ShouldContain("no train.csv and no val.csv");
        (await OpenAsync()).Dispose();
        Directory.Delete(_folder.File("features"), recursive: true);
        (await Should.ThrowAsync<ReproductionDataException>(() => ReproductionData.OpenAsync(_folder.Path, dense: false)))
            .Message.ShouldContain("evoke extract");
    }

    [Fact]
    public void EveryRunOfTheTablesIsARecipeAtBothScales()
    {
        foreach (string recipe in (string[])["paper", "paper-6hz-10s", "paper-6hz-60s", "butterworth", "median", "gaussian", "kl", "ccc", "merged", "sml"])
        {
            ScaledRecipe.Read(recipe, ReproductionScale.Paper, 3, []).Train.Seed.ShouldBe(3);
            Training.Recipes.Recipe small = ScaledRecipe.Read(recipe, ReproductionScale.Small, 3, ["train.epochs=30"]);
            small.Train.Epochs.ShouldBe(30);
            small.Data.Rate.ShouldBe(ScaledRecipe.Read(recipe, ReproductionScale.Paper, 3, []).Data.Rate);
            small.Loss.Kind.ShouldBe(ScaledRecipe.Read(recipe, ReproductionScale.Paper, 3, []).Loss.Kind);
        }
    }

    private ReproductionReport Reproduce(
        ReproductionData data, string folder, int[] tables, int seeds = 1, string[]? settings = null, Action<ReproductionProgress>? progress = null) =>
        new Experiments.Paper.Reproduction(data, _folder.File(folder), Options(tables, seeds) with { Settings = settings ?? s_quick })
            .Run(progress is null ? null : new InlineProgress<ReproductionProgress>(progress), TestContext.Current.CancellationToken);

    private static ReproductionOptions Options(int[] tables, int seeds) => new() { Tables = [.. tables], Seeds = seeds, Settings = s_quick };

    private async Task<ReproductionData> OpenAsync(bool withTest = false)
    {
        WriteVideos("train", "train", 12);
        WriteVideos("val", "val", 5);
        if (withTest)
        {
            LabelledVideo[] test = WriteVideos("test", "test_labels", 3);
            EevCsv.WriteTimes([.. test.Select(video => new VideoTimes(video.VideoId, video.Curves.Grid))], _folder.File("test.csv"));
        }

        return await OpenAgainAsync();
    }

    private Task<ReproductionData> OpenAgainAsync() =>
        ReproductionData.OpenAsync(_folder.Path, dense: false, cancellationToken: TestContext.Current.CancellationToken);

    private void SpoilFeatures(string[] videos)
    {
        FeatureStore store = FeatureStore.OpenOrCreate(_folder.File("features"));
        foreach (VideoFeatures video in videos.Select(ToyDataset.Features))
        {
            video.Visual!.Values.AsSpan().Fill(float.NaN);
            store.Write(video);
        }
    }

    private LabelledVideo[] WriteVideos(string name, string file, int videos)
    {
        FeatureStore store = FeatureStore.OpenOrCreate(_folder.File("features"));
        LabelledVideo[] labels = [.. ToyDataset.Ids(name, videos).Select(ToyDataset.Labels)];
        foreach (LabelledVideo video in labels)
        {
            store.Write(ToyDataset.Features(video.VideoId));
        }

        EevCsv.Write(ToyDataset.Scheme, labels, _folder.File(file + ".csv"));
        return labels;
    }
}
