using Evoke.Testing;
using Evoke.Training.Runs;

namespace Evoke.Training.Tests.Runs;

public sealed class MetricsFileTests : IDisposable
{
    private const string Header = "epoch,learning_rate,loss,pearson,pearson_detected_only,ccc,pearson.joy\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ADamagedTableIsNamedByItsLine()
    {
        RunFolderException error = Should.Throw<RunFolderException>(() => MetricsFile.ReadScores(HostileFile.PathOf("metrics-9.csv"), "pearson"));
        error.IsDamage.ShouldBeTrue();
        error.Message.ShouldContain("metrics-9.csv, line 2: ");
    }

    [Theory]
    [InlineData("", "line 1: expected a header with the column 'pearson'")]
    [InlineData("a,b\n1,2\n", "line 1: ")]
    [InlineData(Header + "1,0.1\n", "line 2: ")]
    [InlineData(Header + "x,0.1,1,,,,\n", "line 2: ")]
    [InlineData("epoch,learning_rate,loss,ccc,ccc,ccc,ccc,pearson\n1,0.1,1,,,,\n", "line 2: ")] // A row that is shorter than the header.
    [InlineData(Header + "1,0.1,1,,,,\n1,0.1,1,,,,\n", "line 3: expected an epoch after 1, found 1")]
    [InlineData(Header + "1,0.1,1,0..2,,,\n", "line 2: ")]
    public void DamageIsNamedByItsLine(string text, string said)
    {
        File.WriteAllText(_folder.File("metrics.csv"), text);
        Should.Throw<RunFolderException>(() => MetricsFile.ReadScores(_folder.File("metrics.csv"), "pearson")).Message.ShouldContain(said);
    }

    [Fact]
    public void TheScoresOfValidatedEpochsAreRead()
    {
        File.WriteAllText(_folder.File("metrics.csv"), Header + "1,0.1,1,,,,\n2,0.1,NaN,0.5,0.25,0.125,0.5\n");
        MetricsFile.ReadScores(_folder.File("metrics.csv"), "pearson_detected_only").ShouldBe([(2, 0.25)]);
    }
}
