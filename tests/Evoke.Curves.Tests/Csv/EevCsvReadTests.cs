using System.Text;
using Evoke.Curves.Csv;
using Evoke.Files;
using Evoke.Testing;

namespace Evoke.Curves.Tests.Csv;

public sealed class EevCsvReadTests : IDisposable
{
    private const string Header = "YouTube ID,Timestamp (milliseconds),joy,fear\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void RowsBecomeVideosOnTheirClock()
    {
        LabelledVideo[] videos = Read(Header + "a,0,0.1,0.2\na,166666,0.3,0.4\na,333333,0,0\nb,0,1,0.00001\nb,166666,5e-05,1E-3\n");
        videos.Select(video => video.VideoId).ShouldBe(["a", "b"]);
        videos.Select(video => video.Curves.Grid).ShouldBe([new TimeGrid(new Rate(6), 3), new TimeGrid(new Rate(6), 2)]);
        videos[0].Curves.Values.ToArray().ShouldBe([0.1f, 0.2f, 0.3f, 0.4f, 0f, 0f]);
        videos[1].Curves.Values.ToArray().ShouldBe([1f, 0.00001f, 5e-05f, 1e-3f]);
        videos.Select(video => video.Times.FirstLine).ShouldBe([2, 5]);
    }

    [Theory]
    [InlineData("YouTube ID,Timestamp (milliseconds),joy,fear")]
    [InlineData("Video ID,Timestamp (milliseconds),joy,fear")]
    [InlineData("video id,timestamp, joy , fear ")]
    [InlineData("\"YouTube ID\",\"Timestamp (milliseconds)\",\"joy\",\"fear\"")]
    public void TheHeaderDecidesTheScheme(string header)
    {
        string path = Write(header + "\na,0,0.1,0.2\n");
        EevCsv.ReadScheme(path).ShouldBe(new EmotionScheme(["joy", "fear"]));
        EevCsv.ReadLabels(path).Single().Curves.Row(0).ToArray().ShouldBe([0.1f, 0.2f]);
    }

    [Fact]
    public void AFileWithoutLabelsHasIdsAndTimestamps()
    {
        string path = Write("Video ID,Timestamp (milliseconds)\nx,0\nx,166666\nx,333333\ny,0\n");
        EevCsv.ReadScheme(path).ShouldBeNull();
        EevCsv.ReadTimes(path).Select(video => (video.VideoId, video.Grid))
            .ShouldBe([("x", new TimeGrid(new Rate(6), 3)), ("y", new TimeGrid(new Rate(6), 1))]);
        Should.Throw<EevCsvException>(() => EevCsv.ReadLabels(path).ToList()).Message.ShouldContain("label columns");
    }

    [Fact]
    public void TimesOfALabelFileAreReadWithoutItsLabels() =>
        EevCsv.ReadTimes(Write(Header + "a,0,x,y\na,1000000,,\n")).Single().Grid.ShouldBe(new TimeGrid(new Rate(1), 2));

    [Theory]
    [InlineData("\r\n", "")]
    [InlineData("\n", "\uFEFF")]
    [InlineData("\r\n", "\uFEFF")]
    [InlineData("\n\n", "")]
    public void LineEndsByteOrderMarksAndEmptyLinesDoNotMatter(string newLine, string mark)
    {
        string text = mark + (Header + "a,0,0.1,0.2\na,166666,0.3,0.4\n").Replace("\n", newLine, StringComparison.Ordinal);
        Read(text).Single().Curves.Values.ToArray().ShouldBe([0.1f, 0.2f, 0.3f, 0.4f]);
    }

    [Fact]
    public void TheLastLineNeedsNoLineEnd() => Read(Header + "a,0,0.1,0.2\na,166666,0.3,0.4").Single().Curves[1, 1].ShouldBe(0.4f);

    [Fact]
    public void QuotedIdsMayHoldCommasQuotesAndLineBreaks()
    {
        LabelledVideo[] videos = Read(Header + "\"a,b\",0,\"0.1\",0.2\n\"say \"\"hi\"\"\",0,0.3,0.4\n\"two\nlines\",0,0.5,0.6\nz,0,0.7,0.8\n");
        videos.Select(video => video.VideoId).ShouldBe(["a,b", "say \"hi\"", "two\nlines", "z"]);
        videos.Select(video => video.Curves[0, 0]).ShouldBe([0.1f, 0.3f, 0.5f, 0.7f]);
        videos[^1].Times.FirstLine.ShouldBe(6);
    }

    [Fact]
    public void AnEmptyFileWithAHeaderHasNoVideos() => Read(Header).ShouldBeEmpty();

    [Theory]
    [InlineData("a,0,0.1,0.2\na,166666,abc,0.4\n", 3, "'joy'", "'abc'")]
    [InlineData("a,0,0.1,Infinity\n", 2, "'fear'", "'Infinity'")]
    [InlineData("a,0,1e60,0\n", 2, "'joy'", "'1e60'")]
    [InlineData("a,0,0.1,-0.5\n", 2, "'fear'", "'-0.5'")]
    [InlineData("a,0,\"1,5\",0\n", 2, "'joy'", "'1,5'")]
    [InlineData("a,0,0.1.2,0\n", 2, "'joy'", "'0.1.2'")]
    [InlineData("a,zero,0,0\n", 2, "microseconds", "'zero'")]
    [InlineData("a,0.5,0,0\n", 2, "microseconds", "'0.5'")]
    [InlineData("a,-1,0,0\n", 2, "microseconds", "'-1'")]
    [InlineData(",0,0,0\n", 2, "id is empty", "")]
    [InlineData("a,0,0.1\na,166666,0.1,0.2\n", 2, "expected 4 columns", "found 3")]
    [InlineData("a,0,0.1,0.2,0.3\n", 2, "expected 4 columns", "found 5")]
    [InlineData("a,0,0.1,0.2\na,1666", 3, "expected 4 columns", "cut off")]
    [InlineData("a,0,0.1,0.2\n\"a,166666,0.1,0.2\n", 3, "cannot be read", "uot")]
    [InlineData("a,0,0.1,0.2\na,166666,0.1,\"0.2\"x\n", 3, "cannot be read", "uot")]
    [InlineData("a,0,0,0\nb,0,0,0\na,166666,0,0\n", 4, "'a' starts again", "line 2")]
    [InlineData("a,0,0,0\na,0,0,0\n", 3, "must grow", "0 after 0")]
    [InlineData("a,0,0,0\na,333333,0,0\na,166666,0,0\n", 4, "must grow", "166666 after 333333")]
    [InlineData("a,166666,0,0\n", 2, "timestamp 0", "166666")]
    [InlineData("a,0,0,0\nb\0c,0,0,0\n", 3, "the video id contains", "NUL")]
    [InlineData("a,0,0,0\na,166666,0,0\na,333333,0,0\na,666666,0,0\na,833333,0,0\n", 5, "evenly spaced", "666666 after 333333")]
    public void AWrongRowIsNamedByItsLine(string rows, long line, string expected, string found)
    {
        string path = Write(Header + rows);
        EevCsvException error = Should.Throw<EevCsvException>(() => EevCsv.ReadLabels(path).ToList());
        error.Line.ShouldBe(line);
        error.Path.ShouldBe(path);
        error.Message.ShouldContain($"{path}, line {line}");
        error.Message.ShouldContain(expected);
        error.Message.ShouldContain(found);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("a,0,0.1,0.2\n", "'a,0,0.1,0.2'")]
    [InlineData("Video ID\n", "'Video ID'")]
    [InlineData("YouTube ID;Timestamp (milliseconds);joy\n", "'YouTube ID;Timestamp (milliseconds);joy'")]
    [InlineData("Video ID,joy,Timestamp (milliseconds)\n", "'Video ID,joy,Timestamp (milliseconds)'")]
    [InlineData("Video ID,Timestamp (milliseconds),joy,joy\n", "twice")]
    [InlineData("Video ID,Timestamp (milliseconds),joy,\n", "empty")]
    public void AWrongHeaderIsAnErrorOnLine1(string text, string found)
    {
        EevCsvException error = Should.Throw<EevCsvException>(() => Read(text));
        error.Line.ShouldBe(1);
        error.Message.ShouldContain(found);
    }

    [Fact]
    public void ErrorsAfterGoodVideosComeAfterThem()
    {
        using IEnumerator<LabelledVideo> videos = EevCsv.ReadLabels(Write(Header + "a,0,0,0\nb,0,0,0\nc,0,x,0\n")).GetEnumerator();
        videos.MoveNext().ShouldBeTrue();
        videos.Current.VideoId.ShouldBe("a");
        videos.MoveNext().ShouldBeTrue();
        Should.Throw<EevCsvException>(() => videos.MoveNext()).Line.ShouldBe(4);
    }

    [Fact]
    public void AMissingFileAndAFolderAreNamed()
    {
        string missing = _folder.File("none.csv");
        Should.Throw<FileReadException>(() => EevCsv.ReadLabels(missing).ToList()).Message.ShouldBe($"Cannot read {missing}: there is no such file.");
        Should.Throw<FileReadException>(() => EevCsv.ReadScheme(_folder.Path)).Message.ShouldContain("it is a folder");
    }

    [Fact]
    public void NumbersAreReadTheSameUnderADecimalComma()
    {
        using CommaCulture comma = new();
        Read(Header + "a,0,0.125,2.5e-1\n").Single().Curves.Values.ToArray().ShouldBe([0.125f, 0.25f]);
    }

    [Fact]
    public void AnUnclosedQuoteIsFoundWithoutReadingTheWholeFile()
    {
        StringBuilder text = new(Header + "\"a,0,0,0\n");
        while (text.Length < 3 << 20)
        {
            text.Append("b,0,0,0\n");
        }

        Should.Throw<EevCsvException>(() => Read(text.ToString())).Line.ShouldBe(2);
    }

    private LabelledVideo[] Read(string text) => [.. EevCsv.ReadLabels(Write(text))];

    private string Write(string text)
    {
        string path = _folder.File("labels.csv");
        File.WriteAllText(path, text);
        return path;
    }
}
