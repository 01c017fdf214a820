using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Evoke.Cli.Shell;
using Evoke.Testing;

namespace Evoke.Cli.Tests.Reproduce;

public sealed class ReproduceTests : IDisposable
{
    private static readonly string[] Quick =
    [
        "--set", "head.visual_hidden=4", "--set", "head.audio_hidden=4", "--set", "train.epochs=4", "--set", "train.validate_every=1", "--set", "train.batch=4",
        "--set", "train.warm_up_epochs=0", "--set", "data.clip_steps=12", "--set", "train.precision=float32",
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Explicit = true)] // half a minute of two cores: `./test.sh --full`
    public async Task OneThatIsKilledGoesOnToTheTablesOfOneThatWasNot()
    {
        WriteVideos();
        CommandResult whole = await CommandResult.OfProcessAsync(Line("whole", "--tables", "3", "--seeds", "2"));

        using (Process killed = EvokeProcess.StartInGroup(Line("killed", "--tables", "3", "--seeds", "2")))
        {
            await EvokeProcess.UntilAsync(() => killed.HasExited || File.Exists(_folder.File("killed/runs/kl-seed1/checkpoint.safetensors")));
            await EvokeProcess.SignalAsync("-KILL", -killed.Id);
            await killed.WaitForExitAsync(TestContext.Current.CancellationToken);
            killed.ExitCode.ShouldNotBe(ExitCode.Done, "it was to be killed on its way");
        }

        CommandResult resumed = await CommandResult.OfProcessAsync(Line("killed", "--tables", "3", "--seeds", "2"));

        whole.ExitCode.ShouldBe(ExitCode.Done, whole.Error);
        resumed.ExitCode.ShouldBe(ExitCode.Done, resumed.Error);
        resumed.Out.Replace("/killed/", "/whole/", StringComparison.Ordinal).ShouldBe(whole.Out);
        File.ReadAllText(_folder.File("killed/tables.md")).ShouldBe(File.ReadAllText(_folder.File("whole/tables.md")));
        whole.Out.ShouldContain("Table 3. Loss functions");
        whole.Out.Split('\n').Count(line => Regex.IsMatch(line, @"^KL +0\.0137 +-?\d\.\d{4} ± \d\.\d{4} ")).ShouldBe(1);
        whole.Out.ShouldContain("6 of 6 runs done");
    }

    [Fact]
    public async Task TablesComeInAnyOrderAndWhatIsDoneIsNotDoneAgain()
    {
        WriteVideos();
        CommandResult first = await CommandResult.OfAsync(Line("out", "--tables", "3", "--seeds", "1", "--json"));
        CommandResult rest = await CommandResult.OfAsync(Line("out", "--tables", "2,1", "--seeds", "1", "--json"));
        CommandResult again = await CommandResult.OfAsync(Line("out", "--tables", "1,3", "--seeds", "1", "--json"));

        first.ExitCode.ShouldBe(ExitCode.Done, first.Error);
        TrainedRuns(first).ShouldBe(3);
        TrainedRuns(rest).ShouldBe(3);
        TrainedRuns(again).ShouldBe(0);
        JsonDocument.Parse(rest.Out).RootElement.GetProperty("tables").EnumerateArray().Select(table => table.GetProperty("number").GetInt32())
            .ShouldBe([1, 2]);
        File.ReadAllText(_folder.File("out/tables.html")).ShouldContain("needs features at 6 Hz: evoke extract");

        static int TrainedRuns(CommandResult result) => JsonDocument.Parse(result.Out).RootElement.GetProperty("trained_runs").GetInt32();
    }

    [Fact]
    public async Task ADemoDatasetWillDoAsItIs()
    {
        (await CommandResult.OfAsync("dataset", "demo", "--out", _folder.Path, "--videos", "5", "--seconds", "10")).ExitCode.ShouldBe(ExitCode.Done);

        CommandResult result = await CommandResult.OfAsync(Line("out", "--tables", "1", "--seeds", "1", "--json"));

        result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        JsonElement report = JsonDocument.Parse(result.Out).RootElement;
        report.GetProperty("encoders").GetString().ShouldBe("visual-lld + audio-lld");
        report.GetProperty("tables")[0].GetProperty("rows").EnumerateArray()
            .ShouldAllBe(row => row.GetProperty("cells")[0].GetProperty("ours").ValueKind == JsonValueKind.Object);
        Directory.Exists(_folder.File("features-6hz")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("--tables 5", "numbers from 1 to 4")]
    [InlineData("--tables one", "numbers from 1 to 4")]
    [InlineData("--seeds 0", "--seeds")]
    [InlineData("--tables 3", "'evoke dataset demo --out")]
    public async Task WhatIsWrongIsNamed(string options, string said)
    {
        CommandResult result = await CommandResult.OfAsync(["reproduce", "--data", _folder.Path, .. options.Split(' ')]);

        result.ExitCode.ShouldBe(ExitCode.WrongUse);
        result.Error.ShouldContain(said);
    }

    private void WriteVideos()
    {
        ToyVideos.Write(_folder, "train", 8);
        ToyVideos.Write(_folder, "val", 3);
    }

    private string[] Line(string outFolder, params string[] options) =>
        ["reproduce", "--data", _folder.Path, "--out", _folder.File(outFolder), .. options, .. Quick];
}
