using System.Runtime.Versioning;

namespace Evoke.Cluster.Tests.Slurm;

/// <summary>The stages of a plan in sequence on a real Slurm where nothing goes wrong.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SlurmChainTests : IDisposable
{
    private readonly PlannedDataSet _data = new("chain", films: 12, shards: 2);

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task OneSubmissionScoresAsTheSameChainByHandAndTheScriptsCanBeSubmittedByHand()
    {
        string? missing = TestCluster.WhatIsMissing();
        Assert.SkipWhen(missing is not null, missing ?? "");
        await _data.WriteAsync();
        using TestCluster cluster = await TestCluster.StartAsync(_data.Folder);

        (await PlannedDataSet.EvokeAsync(cluster, "slurm", "submit", _data.Plan)).ShouldContain("submitted: ensemble");
        string expected = await _data.ChainByHandAsync();
        await _data.UntilCompleteAsync(cluster);

        File.ReadAllText(_data.Evaluation).ShouldBe(expected);
        string run = Path.Combine(_data.Out, "runs", "seed-3");
        Directory.Delete(run, recursive: true);
        File.Delete(_data.Evaluation);
        string printed = await PlannedDataSet.EvokeAsync(cluster, "slurm", "resume", _data.Plan, "--dry-run");
        string[] commands = [.. printed.Split('\n').Where(line => line.Contains("sbatch --", StringComparison.Ordinal))];
        commands.Length.ShouldBe(2, "a seed and what is made of it");
        (int exitCode, _, string error) = await cluster.RunAsync(
            "bash", "-c", $"cd '{Path.Combine(_data.Out, "slurm")}' && {string.Join(" && ", commands.Select(command => command.Trim()))}");
        exitCode.ShouldBe(0, error);
        await _data.UntilCompleteAsync(cluster);

        File.ReadAllText(_data.Evaluation).ShouldBe(expected);
    }
}
