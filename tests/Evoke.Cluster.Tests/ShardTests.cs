using Evoke.Cluster.Shards;

namespace Evoke.Cluster.Tests;

public sealed class ShardTests
{
    [Fact]
    public void ASlurmArrayTaskIsAShard() =>
        Environment(("SLURM_ARRAY_TASK_ID", "7"), ("SLURM_ARRAY_TASK_MIN", "5"), ("SLURM_ARRAY_TASK_COUNT", "4")).ShouldBe(new Shard(2, 4));

    [Fact]
    public void AnArrayWithStepsCountsItsSteps() =>
        Environment(("SLURM_ARRAY_TASK_ID", "9"), ("SLURM_ARRAY_TASK_MIN", "1"), ("SLURM_ARRAY_TASK_COUNT", "5"), ("SLURM_ARRAY_TASK_STEP", "4"))
            .ShouldBe(new Shard(2, 5));

    [Fact]
    public void AnArraySubmittedAgainForItsMissingTasksKeepsTheTrueCount() =>
        Environment(("SLURM_ARRAY_TASK_ID", "5"), ("SLURM_ARRAY_TASK_MIN", "5"), ("SLURM_ARRAY_TASK_COUNT", "1"), ("EVOKE_SHARDS", "8"))
            .ShouldBe(new Shard(5, 8));

    [Fact]
    public void AnIndexedJobIsAShard() => Environment(("JOB_COMPLETION_INDEX", "3"), ("EVOKE_SHARDS", "4")).ShouldBe(new Shard(3, 4));

    [Fact]
    public void OutsideAClusterThereIsNone() => Environment().ShouldBeNull();

    [Fact]
    public void AnIndexedJobWithoutItsCountIsToldWhatToSet() =>
        Should.Throw<ShardException>(() => Environment(("JOB_COMPLETION_INDEX", "3"))).Message.ShouldContain("EVOKE_SHARDS");

    [Fact]
    public void ATaskBeyondTheCountIsRefused() =>
        Should.Throw<ShardException>(() => Environment(("SLURM_ARRAY_TASK_ID", "8"), ("EVOKE_SHARDS", "8"))).Message.ShouldContain("shard 8 of 8");

    [Theory]
    [InlineData("0/1", 0, 1)]
    [InlineData("7/8", 7, 8)]
    public void TextIsRead(string text, int index, int count) => Shard.Parse(text).ShouldBe(new Shard(index, count));

    [Theory]
    [InlineData("8/8")]
    [InlineData("1")]
    [InlineData("-1/2")]
    [InlineData("a/b")]
    [InlineData("0/0")]
    public void OtherTextIsRefused(string text) => Should.Throw<ShardException>(() => Shard.Parse(text)).Message.ShouldContain(text);

    private static Shard? Environment(params (string Name, string Value)[] variables) =>
        Shard.FromEnvironment(name => variables.Where(v => v.Name == name).Select(v => v.Value).FirstOrDefault());
}
