using System.Globalization;
using System.Runtime.Versioning;
using System.Text.Json;
using Evoke.Cluster.Shards;
using Evoke.Datasets.Manifests;
using Evoke.Encoders.Extraction;
using Evoke.Features.Store;

namespace Evoke.Cluster.Tests.Slurm;

/// <summary>A whole data set on a real Slurm where everything goes wrong that can.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SlurmStoryTests : IDisposable
{
    private const int Films = 40, Shards = 4;

    private readonly PlannedDataSet _data = new("story", Films, Shards);

    public void Dispose() => _data.Dispose();

    [Fact(Explicit = true)] // about two minutes of two cores: `./test.sh --full`
    public async Task KillsOrphansLostNodesAndARestartedControllerChangeNothingInWhatComesOut()
    {
        string? missing = TestCluster.WhatIsMissing();
        Assert.SkipWhen(missing is not null, missing ?? "");
        FilmDoors doors = new(Path.Combine(_data.Folder, "doors"));
        _data.Ffmpeg = doors.Ffmpeg;
        await _data.WriteAsync();
        string broken = await _data.BreakAFilmAsync();
        using TestCluster cluster = await TestCluster.StartAsync(_data.Folder);

        string[] held = [.. Enumerable.Range(0, Shards).Select(FilmInTheMiddle)];
        held.ToList().ForEach(doors.Shut);
        (await PlannedDataSet.EvokeAsync(cluster, "slurm", "submit", _data.Plan)).ShouldContain("submitted: ensemble");
        Task<string> byHand = _data.ChainByHandAsync();
        await FreezeEveryShardAsync(cluster, doors, held);
        (int[] onFirst, int[] onSecond) = await ShardsByNodeAsync(cluster);
        (int killed, int orphaned) = (onFirst[0], onFirst[1]);

        // One task is killed.
        TestCluster.Signal("-9", [.. cluster.ProcessesOfTask(killed, "slurm_script"), .. cluster.ProcessesOfTask(killed, "extract")]);
        await cluster.UntilAsync(async () => (await StateAsync(cluster, killed)) == "FAILED", "the killed task has failed");

        // One node is lost for good; its daemons first, so that none can report the end of the tasks.
        int[] node =
        [
            .. cluster.Processes("slurmd", "\0-N\0n2"),
            .. onSecond.SelectMany(shard => Steps(cluster, shard)),
            .. onSecond.SelectMany(shard => cluster.ProcessesOfTask(shard, "")),
        ];
        TestCluster.Signal("-9", node);

        // One daemon is killed and comes back: its task continues as an orphan beside its successor, and both wait at a film's door.
        held.Where((_, shard) => shard != orphaned).ToList().ForEach(doors.Open);
        int orphan = cluster.ProcessesOfTask(orphaned, "Evoke.Cli.dll").ShouldHaveSingleItem();
        int[] daemons = [.. cluster.Processes("slurmd", "\0-N\0n1"), .. Steps(cluster, orphaned)];
        // The kernel hangs up what is frozen when it loses its session's parent: it runs until that has ended, and is frozen again.
        TestCluster.Signal("-CONT", orphan);
        TestCluster.Signal("-9", daemons);
        SpinWait.SpinUntil(() => daemons.All(TestCluster.HasEnded));
        TestCluster.Signal("-STOP", orphan);
        cluster.StartNode("n1");
        await cluster.UntilAsync(async () => (await StateAsync(cluster, orphaned)) == "PENDING", "the orphan's task is to be done again");

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

        await HurryAsync(cluster, [orphaned, .. onSecond]);
        await cluster.UntilAsync(() => Task.FromResult(doors.IsWaitedAt(held[orphaned], restarts: 1)), "the orphan has a successor");
        TestCluster.HasEnded(orphan).ShouldBeFalse("the orphan lives beside its successor");
        doors.Open(held[orphaned]);
        TestCluster.Signal("-CONT", orphan);
        await _data.UntilCompleteAsync(cluster);
        await cluster.UntilAsync(() => Task.FromResult(TestCluster.HasEnded(orphan)), "the orphan has ended");

        string expected = await byHand;
        FeaturesShouldBeThoseOfOneProcess();
        FailureFile.ReadAll(FeatureStore.Open(_data.Features)).ShouldHaveSingleItem().VideoId.ShouldBe(broken);
        File.ReadAllText(_data.Evaluation).ShouldBe(expected);
        Directory.GetFiles(_data.Out, "*.tmp", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).ShouldBeEmpty();
    }

    // Each shard has then done something and not all.
    private string FilmInTheMiddle(int shard) =>
        ShardPlan.Of(Manifest.Read(_data.Manifest), new Shard(shard, Shards)).Where(entry => entry.DurationSeconds > 0).ElementAt(2).Path;

    private static async Task FreezeEveryShardAsync(TestCluster cluster, FilmDoors doors, string[] held)
    {
        for (int shard = 0; shard < held.Length; shard++)
        {
            await cluster.UntilAsync(() => Task.FromResult(doors.IsWaitedAt(held[shard])), "the shard is in the middle of its films");
            TestCluster.Signal("-STOP", cluster.ProcessesOfTask(shard, "extract"));
        }
    }

    // Slurm waits two minutes before it restarts a task; the administrator of a cluster can tell it not to.
    private static async Task HurryAsync(TestCluster cluster, params int[] shards)
    {
        foreach (int shard in shards)
        {
            // On a slow machine it may have begun by itself on the node that is left, even between the query and the command.
            await cluster.UntilAsync(async () => await QueuedAsync(cluster, shard) is { State: "PENDING" } or { Node: "n1" }, "the task is to be done again");
            (string id, string state, _) = await QueuedAsync(cluster, shard);
            if (state == "PENDING")
            {
                (int exitCode, _, string error) = await cluster.RunAsync("scontrol", "update", $"JobId={id}", "StartTime=now");
                (exitCode == 0 || await StateAsync(cluster, shard) != "PENDING").ShouldBeTrue(error);
            }
        }
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
        cluster.ProcessesOfTask(shard, "slurm_script").Select(
            id => int.Parse(File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1].Split(' ')[1], CultureInfo.InvariantCulture));

    private static async Task<string> StateAsync(TestCluster cluster, int shard) => (await QueuedAsync(cluster, shard)).State;

    private static async Task<(string Id, string State, string Node)> QueuedAsync(TestCluster cluster, int shard) =>
        (await cluster.RunAsync("squeue", "--noheader", "--array", "--states=all", "--name=story-extract", "--format=%K %T %F %N")).Out
        .Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(line => line.Length >= 3 && line[0] == shard.ToString(CultureInfo.InvariantCulture))
        .Select(line => ($"{line[2]}_{line[0]}", line[1], line.ElementAtOrDefault(3) ?? ""))
        .FirstOrDefault(("", "", ""));

    private static JsonElement Stage(JsonElement status, string name) =>
        status.GetProperty("stages").EnumerateArray().Single(stage => stage.GetProperty("stage").GetString() == name);

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
