using Evoke.Curves;
using Evoke.Encoders.Extraction;
using Evoke.Features;
using Evoke.Features.Store;
using Evoke.Media.Videos;
using Evoke.Testing;

namespace Evoke.Encoders.Tests.Extraction;

public sealed class FailureListTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private FeatureStore Store => FeatureStore.OpenOrCreate(_folder.File("store"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ListsOfAllShardsAreReadAsOne()
    {
        List("0000-of-0002", "b", "a");
        List("0001-of-0002", "c");
        File.WriteAllText(Path.Combine(Store.Folder, "failures2.csv"), "not ours");

        IReadOnlyList<ListedFailure> all = FailureFile.ReadAll(Store);

        all.Select(failure => failure.VideoId).ShouldBe(["a", "b", "c"]);
        all[2].ShouldBe(
            new ListedFailure("c", _folder.File("c.mp4"), nameof(NothingToEncodeException), $"{_folder.File("c.mp4")}: it has\n\"nothing\", at all"));
        File.Exists(Path.Combine(Store.Folder, "failures.0001-of-0002.csv")).ShouldBeTrue();
    }

    [Fact]
    public void OfOneVideoTheListThatWasWrittenLastCounts()
    {
        List("0000-of-0002", "a");
        List(null, "a");
        string whole = Path.Combine(Store.Folder, "failures.csv");
        File.WriteAllText(whole, File.ReadAllText(whole).Replace("nothing", "little", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(whole, DateTime.UtcNow.AddMinutes(1));

        FailureFile.ReadAll(Store).ShouldHaveSingleItem().Message.ShouldContain("little");
    }

    [Fact]
    public void AVideoThatSucceededLaterIsNoFailureAnyMore()
    {
        File.WriteAllText(_folder.File("a.mp4"), "seven b");
        List(null, "a", "b");

        Store.Write(Features("a", "a.mp4", bytes: 7));
        FailureFile.ReadAll(Store).ShouldHaveSingleItem().VideoId.ShouldBe("b");

        // Features of the file as it was before it was replaced by a broken one.
        Store.Write(Features("a", "a.mp4", bytes: 8));
        FailureFile.ReadAll(Store).Count.ShouldBe(2);

        File.WriteAllText(Store.PathOf("a"), "corrupt");
        FailureFile.ReadAll(Store).Count.ShouldBe(2);
    }

    [Fact]
    public void ARunThatIsBrokenOffTakesNothingAwayAndACompleteOneIsItsOwn()
    {
        List(null, "a", "b");
        FailureList next = new(Store.Folder);
        next.Add(Failure("c"));
        Ids().ShouldBe(["a", "b", "c"]);

        next.Complete();
        Ids().ShouldBe(["c"]);

        new FailureList(Store.Folder).Complete();
        File.Exists(Path.Combine(Store.Folder, "failures.csv")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("id,path\n", "line 1: expected the header")]
    [InlineData("video_id,path,error,message\na,b\n", "line 2: expected 4 fields, found 2")]
    public void ADamagedListIsNamedByItsLine(string text, string said)
    {
        File.WriteAllText(Path.Combine(Store.Folder, "failures.csv"), text);
        Should.Throw<FailureFileException>(() => FailureFile.ReadAll(Store)).Message.ShouldContain(said);
    }

    [Fact]
    public void ADamagedListIsToldAndKeptAndTheRunGoesOn()
    {
        string path = Path.Combine(Store.Folder, "failures.csv");
        File.Copy(HostileFile.PathOf("failures-3.csv"), path);
        FailureList list = new(Store.Folder);

        list.Add(Failure("a"));

        list.Damage!.Message.ShouldContain("failures.csv, line 2: ");
        Ids().ShouldBe(["a"]);
        File.ReadAllBytes(path + ".damaged").ShouldBe(File.ReadAllBytes(HostileFile.PathOf("failures-3.csv")));
    }

    [Fact]
    public void OneDamagedListOfSeveralIsToldAndTheOthersCount()
    {
        List("0001-of-0002", "a");
        File.Copy(HostileFile.PathOf("failures-3.csv"), Path.Combine(Store.Folder, "failures.csv"));
        List<FailureFileException> damaged = [];

        FailureFile.ReadAll(Store, damaged).Select(failure => failure.VideoId).ShouldBe(["a"]);

        damaged.ShouldHaveSingleItem().Message.ShouldContain("failures.csv, line 2: ");
    }

    [Fact]
    public void IdsThatASpreadsheetWouldRunComeBack()
    {
        List(null, "-a0_Bcdefgh", "=cmd()");
        File.ReadAllText(Path.Combine(Store.Folder, "failures.csv")).ShouldContain("\n'-a0_Bcdefgh,");
        Ids().ShouldBe(["-a0_Bcdefgh", "=cmd()"]);
    }

    private string[] Ids() => [.. FailureFile.ReadAll(Store).Select(failure => failure.VideoId)];

    private void List(string? part, params string[] ids)
    {
        FailureList list = new(Store.Folder, part);
        foreach (string id in ids)
        {
            list.Add(Failure(id));
        }
    }

    private VideoFailure Failure(string id) =>
        new(new VideoFile(id, _folder.File(id + ".mp4")), new NothingToEncodeException(_folder.File(id + ".mp4"), "it has\n\"nothing\", at all"));

    private static VideoFeatures Features(string id, string source, long bytes) => new()
    {
        VideoId = id,
        SourceName = source,
        SourceBytes = bytes,
        DurationSeconds = 1,
        Visual = new FeatureSequence(new EncoderIdentity("eye"), new Rate(1), 2, [1, 2]),
    };
}
