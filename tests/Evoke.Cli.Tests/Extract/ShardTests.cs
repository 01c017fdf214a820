using System.Diagnostics;
using System.Text.Json;
using Evoke.Cli.Shell;
using Evoke.Encoders.Extraction;
using Evoke.Features.Store;
using Evoke.Testing;
using static Evoke.Cli.Tests.EvokeProcess;

namespace Evoke.Cli.Tests.Extract;

/// <summary>An extraction split across several processes.</summary>
public sealed class ShardTests : IDisposable
{
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    private readonly TemporaryFolder _folder = new();

    private string Out => _folder.File("out");

    private string Clips => _folder.File("clips");

    private string List => _folder.File("manifest.csv");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ShardsSideBySideMakeTheBytesOfOneRunAndListTheBrokenFilmOnce()
    {
        await MakeDataSetAsync();
        string alone = _folder.File("alone");
        (await CommandResult.OfAsync("extract", "--manifest", List, "--out", alone)).ExitCode.ShouldBe(ExitCode.SomeFailed);

        // The first shard runs twice at once, as it would beside an orphaned process of the same shard.
        CommandResult[] results = await Task.WhenAll(new[] { "0/2", "0/2", "1/2" }.Select(
            shard => CommandResult.OfAsync("extract", "--manifest", List, "--shard", shard, "--out", Out, "--allow-failures")));

        results.ShouldAllBe(result => result.ExitCode == ExitCode.Done);
        await ShouldBeTheBytesOfAsync(alone);
        Directory.GetFiles(Out, ".*.tmp").ShouldBeEmpty();
        FailureFile.ReadAll(FeatureStore.Open(Out)).ShouldHaveSingleItem().VideoId.ShouldBe("broken");
    }

    [Fact]
    public async Task ShardsOfANetworkMakeTheBytesOfOneRunInThePrecisionThatIsSaid()
    {
        string weights = _folder.File("swin-t.safetensors"), alone = _folder.File("alone");
        GeneratedWeights.Write(weights, "swin-t", "shards");
        await MakeDataSetAsync(1.2, 1.4, 1.6, 2);
        string[] network =
        [
            "extract", "--manifest", List, "--visual", "swin-t", "--visual-weights", weights, "--audio", "none",
            "--precision", "bfloat16", "--allow-failures",
        ];
        await CommandResult.OfAsync([.. network, "--out", alone]);

        foreach (string shard in new[] { "0/2", "1/2" })
        {
            CommandResult result = await CommandResult.OfAsync([.. network, "--shard", shard, "--out", Out]);
            result.ExitCode.ShouldBe(ExitCode.Done, result.Error);
        }

        await ShouldBeTheBytesOfAsync(alone);
        FeatureStore.Open(Out).Read("film20").Visual!.Encoder.Precision.ShouldBe("bfloat16");
    }

    [Theory]
    [InlineData("JOB_COMPLETION_INDEX=1 EVOKE_SHARDS=2", "1/2")]
    [InlineData("SLURM_ARRAY_TASK_ID=5 SLURM_ARRAY_TASK_MIN=4 SLURM_ARRAY_TASK_COUNT=3", "1/3")]
    public async Task AnEnginesWordIsTaken(string variables, string shard)
    {
        await MakeDataSetAsync();
        Dictionary<string, string?> environment = variables.Split(' ').Select(variable => variable.Split('='))
            .ToDictionary(parts => parts[0], parts => (string?)parts[1]);

        CommandResult taken = await CommandResult.OfProcessAsync(["extract", "--manifest", List, "--out", Out, "--json", "--allow-failures"], environment);
        CommandResult said = await CommandResult.OfAsync(
            "extract", "--manifest", List, "--shard", shard, "--out", _folder.File("said"), "--json", "--allow-failures");

        taken.ExitCode.ShouldBe(ExitCode.Done, taken.Error);
        JsonElement report = JsonDocument.Parse(taken.Out).RootElement;
        report.GetProperty("shard").GetString().ShouldBe(shard);
        report.GetProperty("extracted").ToString().ShouldBe(JsonDocument.Parse(said.Out).RootElement.GetProperty("extracted").ToString());
    }

    [Theory]
    [InlineData("-TERM", "600", true)]
    [InlineData("-USR1", "0", false)]
    public async Task ToldToStopAShardFinishesTheVideoInHandIfTheGraceLetsItAndAsksToBeRunAgain(string signal, string grace, bool finishes)
    {
        Directory.CreateDirectory(Clips);
        string film = finishes ? await TestFilms.FlashesAndBeepsAsync(8, [1, 3]) : await Films.LongAsync();
        File.Copy(film, Path.Combine(Clips, "first.mp4"));
        File.Copy(await Films.ShortAsync(), Path.Combine(Clips, "second.mp4"));
        using Process evoke = StartInGroupInRealTime("extract", Clips, "--shard", "0/1", "--out", Out, "--grace", grace);
        await UntilAsync(() => Children(evoke.Id).Any(child => child.Name == "ffmpeg"));

        await SignalAsync(signal, evoke.Id);
        string said = await evoke.StandardError.ReadToEndAsync(None);
        await evoke.WaitForExitAsync(None);

        evoke.ExitCode.ShouldBe(ExitCode.RunAgain, said);
        FeatureFiles(Out).ShouldBe(finishes ? ["first.safetensors"] : []);
        Directory.GetFileSystemEntries(Out).Length.ShouldBe(finishes ? 1 : 0);
    }

    [Theory]
    [InlineData("extract --out x", "Videos are missing: give VIDEO|FOLDER or --manifest.")]
    [InlineData("extract a.mp4 --manifest m.csv --out x", "one or the other")]
    [InlineData("extract --manifest m.csv --shard 2/2 --out x", "found '2/2'")]
    [InlineData("extract a.mp4 --visual swin-t --shard 0/2 --out x", "add --precision bfloat16 or --precision float32")]
    [InlineData("extract --manifest gone.csv --out x", "gone.csv")]
    [InlineData("extract --manifest m.csv --grace -1 --out x", "--grace takes a number from 0")]
    public async Task WhatIsWrongIsNamed(string line, string said)
    {
        CommandResult result = await CommandResult.OfAsync(line.Split(' '));

        result.ExitCode.ShouldBe(ExitCode.WrongUse);
        result.Error.ShouldContain(said);
    }

    private async Task ShouldBeTheBytesOfAsync(string alone)
    {
        FeatureFiles(Out).ShouldBe(FeatureFiles(alone));
        foreach (string name in FeatureFiles(alone))
        {
            (await File.ReadAllBytesAsync(Path.Combine(Out, name), None)).ShouldBe(await File.ReadAllBytesAsync(Path.Combine(alone, name), None));
        }
    }

    private static string[] FeatureFiles(string folder) =>
        [.. Directory.GetFiles(folder, "*.safetensors").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private Task MakeDataSetAsync() => MakeDataSetAsync(2, 3, 4, 5.5);

    private async Task MakeDataSetAsync(params double[] lengths)
    {
        Directory.CreateDirectory(Clips);
        foreach (double seconds in lengths)
        {
            File.Copy(await TestFilms.FlashesAndBeepsAsync(seconds, [1]), Path.Combine(Clips, FormattableString.Invariant($"film{seconds * 10}.mp4")));
        }

        await File.WriteAllTextAsync(Path.Combine(Clips, "broken.mp4"), "no film", None);
        CommandResult listed = await CommandResult.OfAsync("dataset", "manifest", "--videos", Clips, "--out", List);
        listed.ExitCode.ShouldBe(ExitCode.SomeFailed, listed.Error);
        (await File.ReadAllLinesAsync(List, None)).Length.ShouldBe(6);
    }
}
