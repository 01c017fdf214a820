using System.Globalization;
using System.Runtime.Versioning;
using System.Text.Json;
using Evoke.Encoders.Extraction;
using Evoke.Encoders.Store;

namespace Evoke.Cluster.Tests.Slurm;

/// <summary>A data set's whole way through a real Slurm on which everything goes wrong that can.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SlurmStoryTests : IDisposable
{
    private const int Films = 40, Shards = 4;

    private readonly PlannedDataSet _data = new("story", Films, Shards);

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task KillsOrphansLostNodesAndARestartedControllerChangeNothingInWhatComesOut()
    {
        string? missing = TestCluster.WhatIsMissing();
        Assert.SkipWhen(missing is not null, missing ?? "");
        await _data.WriteAsync();
        string broken = await _data.BreakAFilmAsync();
        using TestCluster cluster = await TestCluster.StartAsync(_data.Folder);

        (await PlannedDataSet.EvokeAsync(cluster, "slurm", "submit", _data.Plan)).ShouldContain("submitted: ensemble");
        Task<string> byHand = _data.ChainByHandAsync();
        await FreezeEveryShardInTheMiddleAsync(cluster);
        (int[] onFirst, int[] onSecond) = await ShardsByNodeAsync(cluster);
        (int killed, int orphaned) = (onFirst[0], onFirst[1]);

        // One task is killed.
        TestCluster.Signal("-9", [.. cluster.ProcessesOfTask(killed, "slurm_script"), .. cluster.ProcessesOfTask(killed, "extract")]);
        await cluster.UntilAsync(async () => (await StateAsync(cluster, killed)) == "FAILED", "the killed task has failed");

        // One node is gone for good; its daemons first, so that none lives to tell of the tasks' end.
        int[] node = [.. cluster.Processes("slurmd", "\0-N\0n2"), .. onSecond.SelectMany(shard => Steps(cluster, shard)), .. onSecond.SelectMany(shard => cluster.ProcessesOfTask(shard, ""))];
        TestCluster.Signal("-9", node);

        // One daemon is killed and comes back: its task goes on as an orphan, beside its successor.
        int orphan = cluster.ProcessesOfTask(orphaned, "Evoke.Cli.dll").ShouldHaveSingleItem();
        int[] daemons = [.. cluster.Processes("slurmd", "\0-N\0n1"), .. Steps(cluster, orphaned)];
        // The kernel hangs up what is frozen when it loses its session's parent: it runs until that has ended, and is frozen again.
        TestCluster.Signal("-CONT", orphan);
        TestCluster.Signal("-9", daemons);
        SpinWait.SpinUntil(() => daemons.All(TestCluster.HasEnded));
        TestCluster.Signal("-STOP", orphan);
        cluster.StartNode("n1");
        await cluster.UntilAsync(async () => (await StateAsync(cluster, orphaned)) == "PENDING", "the orphan's task is to be done again", 90);

        // The controller is restarted, as an upgrade would.
        int[] controller = cluster.Processes("slurmctld");
        TestCluster.Signal("-TERM", controller);
        await cluster.UntilAsync(() => Task.FromResult(!controller.Any(id => Directory.Exists($"/proc/{id}"))), "the controller has ended");
        cluster.StartController();
        await cluster.UntilAsync(async () => (await cluster.RunAsync("squeue")).ExitCode == 0, "the controller answers");

        JsonElement status = await _data.StatusAsync(cluster);
        Stage(status, "extract").GetProperty("missing").GetInt32().ShouldBeGreaterThan(0);
        status.GetProperty("broken_off").EnumerateArray().Select(task => task.GetProperty("state").GetString()).ShouldContain("FAILED");
        string resumed = await PlannedDataSet.EvokeAsync(cluster, "slurm", "resume", _data.Plan, "--json");
        resumed.ShouldContain(string.Create(CultureInfo.InvariantCulture, $"--array={killed} 1-extract.sbatch"));
        (await PlannedDataSet.EvokeAsync(cluster, "slurm", "resume", _data.Plan)).ShouldContain("nothing is missing");

        await cluster.UntilAsync(async () => (await StateAsync(cluster, orphaned)) is "RUNNING" or "COMPLETED", "the orphan has a successor", 240);
        Directory.Exists($"/proc/{orphan}").ShouldBeTrue("the orphan lives beside its successor");
        TestCluster.Signal("-CONT", orphan);
        await _data.UntilCompleteAsync(cluster, seconds: 300);
        await cluster.UntilAsync(() => Task.FromResult(cluster.ProcessesOfTask(orphaned, "extract").Length == 0), "the orphan has ended");

        string expected = await byHand;
        FeaturesShouldBeThoseOfOneProcess();
        FailureFile.ReadAll(FeatureStore.Open(_data.Features)).ShouldHaveSingleItem().VideoId.ShouldBe(broken);
        File.ReadAllText(_data.Evaluation).ShouldBe(expected);
        Directory.GetFiles(_data.Out, "*.tmp", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).ShouldBeEmpty();
    }

    // Where each has done something and not all: what happens to it then is then no question of who is faster.
    private async Task FreezeEveryShardInTheMiddleAsync(TestCluster cluster)
    {
        string[][] ids = [.. Enumerable.Range(0, Shards).Select(shard => ShardPlan.Of(Manifest.Read(_data.Manifest), new Shard(shard, Shards)).Select(entry => entry.Id).ToArray())];
        HashSet<int> running = [.. Enumerable.Range(0, Shards)];
        while (running.Count > 0)
        {
            foreach (int shard in running.ToArray())
            {
                if (ids[shard].Any(id => File.Exists(Path.Combine(_data.Features, FeatureFileName.FromId(id)))))
                {
                    TestCluster.Signal("-STOP", cluster.ProcessesOfTask(shard, "extract"));
                    running.Remove(shard);
                }
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        ids.ShouldAllBe(shard => shard.Any(id => !File.Exists(Path.Combine(_data.Features, FeatureFileName.FromId(id)))), "a shard was frozen too late");
    }

    private static async Task<(int[] OnFirst, int[] OnSecond)> ShardsByNodeAsync(TestCluster cluster)
    {
        string[][] lines = [.. (await cluster.RunAsync("squeue", "--noheader", "--array", "--states=running", "--name=story-extract", "--format=%K %N")).Out
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        int[] On(string node) => [.. lines.Where(line => line[1] == node).Select(line => int.Parse(line[0], CultureInfo.InvariantCulture)).Order()];
        (int[] first, int[] second) = (On("n1"), On("n2"));
        (first.Length, second.Length).ShouldBe((2, 2));
        return (first, second);
    }

    // "slurmstepd: [12.batch]": the parent of the task's script.
    private static IEnumerable<int> Steps(TestCluster cluster, int shard) =>
        cluster.ProcessesOfTask(shard, "slurm_script").Select(id => int.Parse(File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1].Split(' ')[1], CultureInfo.InvariantCulture));

    private static async Task<string> StateAsync(TestCluster cluster, int shard) =>
        (await cluster.RunAsync("squeue", "--noheader", "--array", "--states=all", "--name=story-extract", "--format=%K %T")).Out
        .Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .FirstOrDefault(line => line.Length == 2 && line[0] == shard.ToString(CultureInfo.InvariantCulture))?[1] ?? "";

    private static JsonElement Stage(JsonElement status, string name) => status.GetProperty("stages").EnumerateArray().Single(stage => stage.GetProperty("stage").GetString() == name);

    private void FeaturesShouldBeThoseOfOneProcess()
    {
        string[] names = [.. Directory.GetFiles(_data.FeaturesByHand, "*.safetensors").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        names.Length.ShouldBe(Films - 1);
        Directory.GetFiles(_data.Features, "*.safetensors").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).ShouldBe(names);
        foreach (string name in names)
        {
            File.ReadAllBytes(Path.Combine(_data.Features, name)).ShouldBe(File.ReadAllBytes(Path.Combine(_data.FeaturesByHand, name)), name);
        }
    }
}
