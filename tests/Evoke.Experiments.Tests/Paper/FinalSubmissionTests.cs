using Evoke.Experiments.Paper;
using Evoke.Testing;

namespace Evoke.Experiments.Tests.Paper;

public sealed class FinalSubmissionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"candidates\":[\"a\"],\"members\":null,\"validation\":0.5}")]
    [InlineData("{\"candidates\":[\"a\"],\"members\":[null],\"validation\":0.5}")]
    [InlineData("{\"candidates\":[\"a\"],\"members\":[\"a\"],\"validation\":\"NaN\"}")]
    public void ADamagedSummaryCountsAsNone(string json)
    {
        File.WriteAllText(_folder.File("ensemble.json"), json);
        FinalSubmission.Read(_folder.File("ensemble.json")).ShouldBeNull();
    }

    [Fact]
    public void AWholeSummaryIsRead()
    {
        File.WriteAllText(_folder.File("ensemble.json"), "{\"candidates\":[\"a\",\"b\"],\"members\":[\"b\"],\"validation\":0.5}");
        FinalSubmission.Read(_folder.File("ensemble.json"))!.Members.ShouldBe(["b"]);
    }
}
