using System.Diagnostics;
using System.Text.Json;
using Evoke.Cli.Shell;
using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Testing;
using Evoke.Training.Runs;

namespace Evoke.Cli.Tests.Ensemble;

/// <summary>From labels and features to a submission: train, ensemble, evaluate, submission.</summary>
public sealed class LearningTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TrainedRunsBecomeAnEnsembleThatScoresAndSubmits()
    {
        WriteVideos("train", 8);
        WriteVideos("val", 4);
        WriteVideos("test", 3);
        EevCsv.WriteTimes(
            [
                .. Enumerable.Range(0, 3).Select(i => new VideoTimes($"test{i}", new TimeGrid(new Rate(6), 100))),
                new VideoTimes("gone", new TimeGrid(new Rate(6), 7)),
            ],
            _folder.File("times.csv"));
        string[] runs = [await TrainAsync(1), await TrainAsync(2)];
        File.ReadAllText(Path.Combine(runs[1], "recipe.yaml")).ShouldContain("seed: 2");
        string ensemble = _folder.File("ensemble.safetensors"), submission = _folder.File("submission.csv");

        CommandResult joined = await CommandResult.OfAsync(["ensemble", .. runs, "--out", ensemble, "--json"]);
        CommandResult told = await CommandResult.OfAsync(["ensemble", .. runs, "--out", ensemble, "--weights", "fitted", "--top", "2"]);
        CommandResult evaluated = await CommandResult.OfAsync(
            "evaluate", "--labels", _folder.File("val.csv"), "--model", ensemble, "--features", _folder.File("features"), "--json");
        CommandResult submitted = await CommandResult.OfAsync(
            "submission", "--test-csv", _folder.File("times.csv"), "--features", _folder.File("features"), "--model", ensemble, "--out", submission, "--json");

        joined.ExitCode.ShouldBe(ExitCode.Done, joined.Error);
        JsonElement report = JsonDocument.Parse(joined.Out).RootElement;
        report.GetProperty("members").GetArrayLength().ShouldBe(2);
        double best = report.GetProperty("members").EnumerateArray().Max(member => member.GetProperty("pearson").GetDouble());
        report.GetProperty("gain").GetDouble().ShouldBe(report.GetProperty("pearson").GetDouble() - best, 1e-12);
        told.ExitCode.ShouldBe(ExitCode.Done, told.Error);
        told.Out.ShouldContain("gain over the best member");
        evaluated.ExitCode.ShouldBe(ExitCode.Done, evaluated.Error);
        JsonDocument.Parse(evaluated.Out).RootElement.GetProperty("videos").GetInt32().ShouldBe(4);
        submitted.ExitCode.ShouldBe(ExitCode.SomeFailed);
        submitted.Error.ShouldContain("gone");
        JsonDocument.Parse(submitted.Out).RootElement.GetProperty("missing_videos")[0].GetString().ShouldBe("gone");
        LabelledVideo[] written = [.. EevCsv.ReadLabels(submission)];
        written.Select(video => (video.VideoId, video.Curves.Grid.Count)).ShouldBe([("test0", 100), ("test1", 100), ("test2", 100), ("gone", 7)]);
        written[3].Curves.Values.ToArray().ShouldAllBe(value => value == 0);
        written[0].Curves.Values.ToArray().ShouldContain(value => value > 0);
    }

    [Fact]
    public async Task AHeadWithoutEpochsIsSaidToBeSolved()
    {
        WriteVideos("train", 3);
        WriteVideos("val", 2);

        CommandResult trained = await CommandResult.OfAsync(
            "train", "--train-labels", _folder.File("train.csv"), "--val-labels", _folder.File("val.csv"), "--recipe", "small-data",
            "--features", _folder.File("features"), "--out", _folder.File("run"));

        trained.ExitCode.ShouldBe(ExitCode.Done, trained.Error);
        trained.Out.ShouldStartWith("solved the head (kernel_ridge): Pearson ");
    }

    [Fact]
    public async Task TrainingFromHdf5EqualsTrainingFromWhatWasImported()
    {
        WriteVideos("train", 8);
        WriteVideos("val", 4);
        string visual = _folder.File("visual.h5"), audio = _folder.File("audio.h5"), store = _folder.File("features");
        (await CommandResult.OfAsync("features", "export", store, "--modality", "visual", "--out", visual)).ExitCode.ShouldBe(ExitCode.Done);
        (await CommandResult.OfAsync("features", "export", store, "--modality", "audio", "--out", audio)).ExitCode.ShouldBe(ExitCode.Done);
        string[] files =
        [
            "--visual-hdf5", visual, "--visual", "toy-visual", "--visual-rate", "1", "--audio-hdf5", audio, "--audio", "toy-audio", "--audio-rate", "1/0.96",
        ];
        (await CommandResult.OfAsync(["features", "import", .. files, "--out", _folder.File("imported")])).ExitCode.ShouldBe(ExitCode.Done);

        string direct = await TrainAsync(1, "direct", files), imported = await TrainAsync(1, "imported-run", "--features", _folder.File("imported"));

        File.ReadAllBytes(Path.Combine(direct, "last.safetensors")).ShouldBe(File.ReadAllBytes(Path.Combine(imported, "last.safetensors")));
        CommandResult joined = await CommandResult.OfAsync("ensemble", direct, "--out", _folder.File("one.safetensors"));
        joined.ExitCode.ShouldBe(ExitCode.Done, joined.Error);
    }

    [Theory]
    [InlineData("-TERM", "600", "goes on to its next checkpoint")]
    [InlineData("-USR1", "0", "ends after the present step")]
    public async Task ToldToStopTrainingAsksToBeRunAgainAndThenEndsInTheSameBytes(string signal, string grace, string what)
    {
        WriteVideos("train", 8);
        WriteVideos("val", 4);
        string[] more = ["--features", _folder.File("features"), "--set", "train.epochs=60", "--set", "train.validate_every=10"];
        string[] arguments = TrainArguments(1, "told", more);
        using Process evoke = EvokeProcess.StartInGroup([.. arguments, "--grace", grace]);
        RunFolder told = new(_folder.File("told"));
        await EvokeProcess.UntilAsync(() => File.Exists(told.Summary) && (File.Exists(told.Checkpoint) || evoke.HasExited));

        await EvokeProcess.SignalAsync(signal, evoke.Id);
        string said = await evoke.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await evoke.WaitForExitAsync(TestContext.Current.CancellationToken);

        evoke.ExitCode.ShouldBe(ExitCode.RunAgain, $"{what}: {said}");
        said.ShouldContain("run it again to continue");
        RunSummary.Read(told).Finished.ShouldBeFalse();
        string whole = await TrainAsync(1, "whole", more);
        (await CommandResult.OfProcessAsync(arguments)).ExitCode.ShouldBe(ExitCode.Done);
        RunSummary.Read(told).Finished.ShouldBeTrue();
        foreach (string name in new[] { "best.safetensors", "last.safetensors", "metrics.csv" })
        {
            File.ReadAllBytes(Path.Combine(told.Path, name)).ShouldBe(File.ReadAllBytes(Path.Combine(whole, name)), name);
        }
    }

    [Theory]
    [InlineData("submission --features f --model m --out x", "--test-csv")]
    [InlineData("submission --test-csv t.csv --features f --out x", "--model")]
    [InlineData("submission --test-csv gone.csv --model affect --out x", "Features are missing: give --features, --visual-hdf5 or --audio-hdf5.")]
    [InlineData("submission --test-csv gone.csv --model affect --features f --device cpu --out x", "--device has no effect: affect has no network.")]
    [InlineData("predict", "Name at least one video")]
    [InlineData("ensemble --out x", "RUN")]
    [InlineData("ensemble gone --out x", "--val-labels")]
    [InlineData("ensemble gone --out x --top 0", "from 1")]
    [InlineData("train --train-labels gone.csv --val-labels gone.csv --out x", "Features are missing")]
    [InlineData("evaluate --labels gone.csv", "--predictions")]
    public async Task WhatIsWrongIsNamed(string line, string said)
    {
        CommandResult result = await CommandResult.OfAsync([.. line.Split(' ').Select(part => part is "x" ? _folder.File(part) : part)]);

        result.ExitCode.ShouldBe(ExitCode.WrongUse);
        result.Error.ShouldContain(said);
    }

    private Task<string> TrainAsync(int seed) => TrainAsync(seed, $"run{seed}", "--features", _folder.File("features"));

    private async Task<string> TrainAsync(int seed, string name, params string[] features)
    {
        CommandResult trained = await CommandResult.OfAsync(TrainArguments(seed, name, features));
        trained.ExitCode.ShouldBe(ExitCode.Done, trained.Error);
        return _folder.File(name);
    }

    private string[] TrainArguments(int seed, string name, params string[] more) =>
    [
        "train", "--train-labels", _folder.File("train.csv"), "--val-labels", _folder.File("val.csv"), "--recipe", "demo", "--out", _folder.File(name),
        "--set", "train.epochs=2", "--set", "train.batch=4", "--set", "head.visual_hidden=4", "--set", "head.audio_hidden=4", "--set", $"seed={seed}", .. more,
    ];

    private void WriteVideos(string name, int videos) => ToyVideos.Write(_folder, name, videos);
}
