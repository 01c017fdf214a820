using System.Text;
using Evoke.Curves.Export.Chapters;
using Evoke.Insights.Breaks;
using Evoke.Testing;

namespace Evoke.Insights.Tests.Breaks;

public sealed class BreakChaptersTests
{
    [Fact]
    public void AChapterGoesFromEachPlaceToTheNext()
    {
        BreakChapters.Of([Place(1, 110), Place(2, 40)]).ShouldBe([new Chapter(0, "Chapter 1"), new Chapter(40, "Chapter 2"), new Chapter(110, "Chapter 3")]);
        BreakChapters.Of([]).ShouldBe([new Chapter(0, "Chapter 1")]);
        BreakChapters.Of([Place(1, 0)]).ShouldBe([new Chapter(0, "Chapter 1")], "the first begins there anyway");
    }

    [Fact]
    public void AStreamHasTheBytesOfTheFile()
    {
        BreakPlace[] places = [Place(1, 110), Place(2, 40) with { Decibels = null }];
        using TemporaryFolder folder = new();
        BreakCsv.Write(folder.File("breaks.csv"), places.Select(place => ("=a.mp4", place)));
        using MemoryStream stream = new();
        BreakCsv.Write(stream, "=a.mp4", places);
        string text = Encoding.UTF8.GetString(stream.ToArray());
        text.ShouldBe(File.ReadAllText(folder.File("breaks.csv")));
        text.TrimEnd('\n').Split('\n').ShouldBe(
        [
            "video,rank,seconds,end_seconds,score,decibels,arousal_before,arousal_after",
            "'=a.mp4,1,110,111,0.5,-70.5,0.6,0.25",
            "'=a.mp4,2,40,41,0.5,,0.6,0.25",
        ]);
    }

    private static BreakPlace Place(int rank, double seconds) => new()
    {
        Rank = rank,
        Seconds = seconds,
        EndSeconds = seconds + 1,
        Score = 0.5,
        Decibels = -70.5,
        ArousalBefore = 0.6,
        ArousalAfter = 0.25,
    };
}
