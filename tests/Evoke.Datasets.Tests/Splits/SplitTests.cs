using System.Collections.Immutable;
using Evoke.Curves;
using Evoke.Curves.Csv;
using Evoke.Datasets.Labels;
using Evoke.Datasets.Splits;
using Evoke.Testing;

namespace Evoke.Datasets.Tests.Splits;

public sealed class SplitTests : IDisposable
{
    private static readonly EmotionScheme s_scheme = new(["joy"]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void GroupsStayTogetherAndPartsAreAsLargeAsTheirShares()
    {
        LabelSet labels = Labels([.. Enumerable.Range(0, 60).Select(i => $"film{i / 3}_clip{i % 3}")]);
        ImmutableArray<string> groups = VideoGroups.ByPattern(@"(.*)_clip\d+").Of(Ids(labels));

        ImmutableArray<int> parts = GroupDealing.Deal(labels, groups, [70, 15, 15], seed: 1);

        groups.Zip(parts).GroupBy(pair => pair.First).ShouldAllBe(group => group.Select(pair => pair.Second).Distinct().Count() == 1);
        parts.GroupBy(part => part).OrderBy(part => part.Key).Select(part => part.Count()).ShouldBe([42, 9, 9]);
        GroupDealing.Deal(labels, groups, [70, 15, 15], seed: 1).ShouldBe(parts);
        GroupDealing.Deal(labels, groups, [70, 15, 15], seed: 2).ShouldNotBe(parts);
    }

    [Fact]
    public void TheOrderOfTheFileDoesNotMatter()
    {
        LabelSet labels = Labels("a", "b", "c", "d", "e", "f"), turned = Labels("f", "e", "d", "c", "b", "a");

        ImmutableArray<int> parts = GroupDealing.Deal(labels, VideoGroups.None.Of(Ids(labels)), [1, 1, 1], seed: 3);

        GroupDealing.Deal(turned, VideoGroups.None.Of(Ids(turned)), [1, 1, 1], seed: 3).ShouldBe(parts.Reverse());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void NoPartStaysEmptyHoweverFewGroupsThereAre(int seed)
    {
        LabelSet labels = Labels("a", "b", "c");

        GroupDealing.Deal(labels, VideoGroups.None.Of(Ids(labels)), [90, 5, 5], seed).Order().ShouldBe([0, 1, 2]);
        Should.Throw<DatasetException>(() => GroupDealing.Deal(labels, ["x", "x", "y"], [90, 5, 5], seed)).Message
            .ShouldContain("expected at least 3 groups of videos, one for each part; found 2");
    }

    [Fact]
    public void GroupsComeFromATable()
    {
        string path = _folder.File("films.csv");
        File.WriteAllText(path, "video,country,film\na,it,one\nb,it,one\nc,fr,two\n");

        VideoGroups.FromTable(path, "Film").Of(["c", "a", "b"]).ShouldBe(["two", "one", "one"]);
        Should.Throw<DatasetException>(() => VideoGroups.FromTable(path)).Message.ShouldContain("the columns are video, country, film");
        Should.Throw<DatasetException>(() => VideoGroups.FromTable(path, "film").Of(["a", "d"])).Message.ShouldContain("1 of 2 have none (d)");
        File.WriteAllText(path, "video,group\na,one\na,two\n");
        Should.Throw<DatasetException>(() => VideoGroups.FromTable(path)).Message.ShouldContain("line 3: video 'a' is in 'one' above and in 'two' here");
    }

    [Fact]
    public void APatternThatIsNoneOrTakesTooLongIsAnError()
    {
        Should.Throw<DatasetException>(() => VideoGroups.ByPattern("(a")).Message.ShouldContain("found '(a'");
        Should.Throw<DatasetException>(() => VideoGroups.ByPattern("(x)").Of(["a"])).Message.ShouldContain("by the pattern (x)");
    }

    [Fact]
    public void FoldsAreFilesThatTrainingTakes()
    {
        LabelSet labels = Labels("a", "b", "c", "d");
        string folder = _folder.File("folds");

        SplitFolder.WriteFolds(labels, ["a", "b", "c", "d"], [0, 1, 0, 1], folder);

        Ids(LabelSet.Read(Path.Combine(folder, "fold-1", "val.csv"))).ShouldBe(["a", "c"]);
        Ids(LabelSet.Read(Path.Combine(folder, "fold-1", "train.csv"))).ShouldBe(["b", "d"]);
        LabelSet.Read(Path.Combine(folder, "fold-2", "val.csv")).Videos[0].Curves.Values.ToArray().ShouldBe(labels.Videos[1].Curves.Values.ToArray());
        File.ReadAllLines(Path.Combine(folder, SplitFolder.Table)).ShouldBe(["video,group,part", "a,a,fold-1", "b,b,fold-2", "c,c,fold-1", "d,d,fold-2"]);
    }

    [Fact]
    public void VideosAndGroupsInBothSetsAreTold()
    {
        VideoGroups films = VideoGroups.ByPattern("(.*)_");

        SharedVideos.NoteOf(Labels("a_1", "b_1"), Labels("c_1"), films).ShouldBeNull();
        SharedVideos.NoteOf(Labels("a_1", "b_1"), Labels("a_2"), VideoGroups.None).ShouldBeNull();
        SharedVideos.NoteOf(Labels("a_1", "b_1"), Labels("a_2"), films)!
            .ShouldContain("1 group has videos both in the training and in the validation labels (a)");
        SharedVideos.NoteOf(Labels("a_1", "b_1"), Labels("b_1"), VideoGroups.None)!.ShouldStartWith("1 video is both in the training");
    }

    private static IEnumerable<string> Ids(LabelSet labels) => labels.Videos.Select(video => video.VideoId);

    private static LabelSet Labels(params string[] ids) => new(
        "labels",
        s_scheme,
        ids.Select((id, i) => new LabelledVideo(id, new EmotionCurves(s_scheme, new TimeGrid(new Rate(2), 8), [.. Enumerable.Repeat(i / 100f, 8)]))));
}
