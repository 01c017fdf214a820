using Evoke.Testing;

namespace Evoke.Files.Tests;

public sealed class UnfinishedFileTests : IDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void NoTwoWritersShareAName()
    {
        string[] names = [.. Enumerable.Range(0, 1000).Select(_ => UnfinishedFile.NameFor(_folder.File("a.csv")))];

        names.Distinct().Count().ShouldBe(1000);
        names.ShouldAllBe(name => UnfinishedFile.IsOne(Path.GetFileName(name)) && Path.GetDirectoryName(name) == _folder.Path);
    }

    [Theory]
    [InlineData("a.csv")]
    [InlineData(".a.csv.tmp")]
    [InlineData(".a.csv.0123456789abcdef0123456789abcde.tmp")]
    [InlineData(".a.csv.0123456789ABCDEF0123456789ABCDEF.tmp")]
    [InlineData("a.csv.0123456789abcdef0123456789abcdef.tmp")]
    [InlineData(".0123456789abcdef0123456789abcdef.tmp")]
    [InlineData(".tmp")]
    public void NamesOfOthersAreNotOurs(string name) => UnfinishedFile.IsOne(name).ShouldBeFalse();

    [Fact]
    public void OnlyWhatIsOldAndOursIsRemoved()
    {
        string old = Make(UnfinishedFile.NameFor(_folder.File("a")), TimeSpan.FromHours(2));
        string live = Make(UnfinishedFile.NameFor(_folder.File("a")), TimeSpan.FromMinutes(59));
        string others = Make(_folder.File(".their.tmp"), TimeSpan.FromDays(9));
        string whole = Make(_folder.File("a"), TimeSpan.FromDays(9));

        LeftoverCleaner.RemoveOld(_folder.Path, Hour).ShouldBe(1);

        Directory.GetFiles(_folder.Path).ShouldBe([live, others, whole], ignoreOrder: true);
        File.Exists(old).ShouldBeFalse();
    }

    [Fact]
    public void AWriterThatDiedLeavesWhatIsRemovedLaterAndNoFileOfTheFinalName()
    {
        string final = _folder.File("a.csv");
        Should.Throw<InvalidOperationException>(() => AtomicFile.Write(final, stream =>
        {
            string unfinished = Directory.GetFiles(_folder.Path).ShouldHaveSingleItem();
            UnfinishedFile.IsOne(Path.GetFileName(unfinished)).ShouldBeTrue();
            LeftoverCleaner.RemoveOld(_folder.Path, Hour).ShouldBe(0, "it is alive");
            File.Exists(unfinished).ShouldBeTrue();
            throw new InvalidOperationException();
        }));

        Directory.GetFiles(_folder.Path).ShouldBeEmpty();
    }

    private static string Make(string path, TimeSpan age)
    {
        File.WriteAllText(path, "");
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow - age);
        return path;
    }
}
