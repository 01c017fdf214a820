using System.Text.Json;
using Evoke.Cli.Shell;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Search;

public sealed class SearchTests : IDisposable
{
    private const string Halving =
        """
        name: toy
        base: demo
        set: [head.visual_hidden=4, head.audio_hidden=4, train.epochs=8, train.batch=4, train.validate_every=1, train.precision=float32]
        trials: 4
        min_epochs: 2
        factor: 2
        ranges:
          train.lr: { log_uniform: [1e-4, 3e-2] }
          loss.kind: { choices: [l1, ccc] }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Explicit = true)] // half a minute of two cores: `./test.sh --full`
    public async Task ASearchThatIsKilledGoesOnToTheTableOfOneThatWasNot()
    {
        WriteVideos();
        CommandResult whole = await CommandResult.OfProcessAsync(Line("whole"));

        foreach (string sight in new[] { "trials/001/checkpoint.safetensors", "trials/003/run.json" })
        {
            bool killed = await EvokeProcess.KillAsync(_ => File.Exists(_folder.File($"killed/{sight}")), new Dictionary<string, string?>(), Line("killed"));
            killed.ShouldBeTrue("it was to be killed on its way");
        }

        CommandResult resumed = await CommandResult.OfProcessAsync(Line("killed"));

        whole.ExitCode.ShouldBe(ExitCode.Done, whole.Error);
        resumed.ExitCode.ShouldBe(ExitCode.Done, resumed.Error);
        foreach (string file in (string[])["trials.csv", "best.yaml"])
        {
            File.ReadAllText(_folder.File($"killed/{file}")).ShouldBe(File.ReadAllText(_folder.File($"whole/{file}")), file);
        }

        string[] table = whole.Out.Split('\n');
        table[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["trial", "pearson", "epochs", "best", "at", "state", "train.lr", "loss.kind"]);
        table[1].ShouldContain("finished");
        whole.Out.ShouldContain(_folder.File("whole/best.yaml"));
    }

    [Fact]
    public async Task TheBestRecipeTrainsAndProgramsReadTheTrials()
    {
        WriteVideos();

        CommandResult searched = await CommandResult.OfAsync([.. Line("out"), "--json"]);
        JsonElement report = JsonDocument.Parse(searched.Out).RootElement;
        CommandResult trained = await CommandResult.OfAsync(
            "train", "--train-labels", _folder.File("train.csv"), "--val-labels", _folder.File("val.csv"), "--features", _folder.File("features"),
            "--recipe", report.GetProperty("best_recipe").GetString()!, "--out", _folder.File("run"));

        searched.ExitCode.ShouldBe(ExitCode.Done, searched.Error);
        report.GetProperty("trials").GetArrayLength().ShouldBe(4);
        report.GetProperty("trials").EnumerateArray().Select(trial => trial.GetProperty("epochs").GetInt32()).Order().ShouldBe([2, 2, 4, 8]);
        report.GetProperty("best").GetProperty("values").GetProperty("loss.kind").GetString().ShouldBeOneOf("l1", "ccc");
        trained.ExitCode.ShouldBe(ExitCode.Done, trained.Error);
        string best = report.GetProperty("best").GetProperty("run").GetString()!;
        if (report.GetProperty("best").GetProperty("state").GetString() == "finished")
        {
            File.ReadAllBytes(_folder.File("run/last.safetensors")).SequenceEqual(File.ReadAllBytes(Path.Combine(best, "last.safetensors"))).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task ASearchWhoseTrialsAllDivergeFailsAndSaysSo()
    {
        ToyVideos.Write(_folder, "train", 8, spoilt: true);
        ToyVideos.Write(_folder, "val", 3);
        File.WriteAllText(_folder.File("search.yaml"), Halving.Replace("set: [", "set: [data.normalisation=none, ", StringComparison.Ordinal));

        CommandResult result = await CommandResult.OfAsync(Line("out"));

        result.ExitCode.ShouldBe(ExitCode.SomeFailed);
        result.Error.ShouldContain("smaller learning rates");
        result.Out.Split('\n').Count(line => line.Contains("diverged", StringComparison.Ordinal)).ShouldBe(4);
    }

    [Theory]
    [InlineData("base: demo\nranges: { train.learning: { uniform: [1, 2] } }", "train.learning")]
    [InlineData("base: demo\ntrails: 3\nranges: { train.lr: { uniform: [2, 1] } }", "the smaller one first")]
    public async Task AMistakeInTheFileIsWrongUse(string yaml, string said)
    {
        File.WriteAllText(_folder.File("search.yaml"), yaml);

        CommandResult result = await CommandResult.OfAsync(Line("out"));

        result.ExitCode.ShouldBe(ExitCode.WrongUse);
        result.Error.ShouldContain(said);
        result.Error.ShouldContain("search.yaml");
        Directory.Exists(_folder.File("out")).ShouldBeFalse();
    }

    private void WriteVideos()
    {
        ToyVideos.Write(_folder, "train", 8);
        ToyVideos.Write(_folder, "val", 3);
        File.WriteAllText(_folder.File("search.yaml"), Halving);
    }

    private string[] Line(string outFolder) =>
    [
        "search", _folder.File("search.yaml"), "--train-labels", _folder.File("train.csv"), "--val-labels", _folder.File("val.csv"),
        "--features", _folder.File("features"), "--out", _folder.File(outFolder),
    ];
}
