using System.Globalization;
using CsCheck;
using Evoke.Curves.Export.Chapters;
using Evoke.Curves.Tests.Markers;

namespace Evoke.Curves.Tests.Chapters;

public sealed class YouTubeChaptersTests
{
    [Fact]
    public void ALineForEachChapterInOrderOfTime() =>
        Text(4000, new(3661.9, "c"), new(0, "a"), new(75.2, "b")).ShouldBe("0:00 a\n1:15 b\n1:01:01 c\n");

    [Fact]
    public void TheFirstIsAtZero()
    {
        Text(100, new(20, "a"), new(40, "b")).ShouldBe("0:00 opening\n0:20 a\n0:40 b\n");
        Text(100, new(9.9, "a"), new(20, "b"), new(40, "c")).ShouldBe("0:00 a\n0:20 b\n0:40 c\n");
    }

    [Fact]
    public void ChaptersThatWouldBeTooShortAreLeftOut() =>
        Text(100, new(0, "a"), new(9.99, "x"), new(10, "b"), new(19, "y"), new(20, "c"), new(90, "d"), new(91, "z"))
            .ShouldBe("0:00 a\n0:10 b\n0:20 c\n1:30 d\n");

    [Fact]
    public void AVideoThatIsTooShortForChaptersIsRefused()
    {
        Chapter[] chapters = [new(0, "a"), new(10, "b"), new(20, "c")];
        YouTubeChapters.FindObstacle(chapters, 29.9).ShouldBe("YouTube shows chapters only if there are at least 3 of at least 10 s; the video has 29.9 s");
        YouTubeChapters.FindObstacle(chapters, 30).ShouldBeNull();
        YouTubeChapters.FindObstacle(chapters[..2], 300).ShouldBe("YouTube shows chapters only if there are at least 3 of at least 10 s; found 2");
        YouTubeChapters.FindObstacle([], 300).ShouldBe("YouTube shows chapters only if there are at least 3 of at least 10 s; found 0");
        using MemoryStream stream = new();
        Should.Throw<ChaptersException>(() => YouTubeChapters.Write(chapters, 12, stream)).Message
            .ShouldBe("There are no chapters to write: YouTube shows chapters only if there are at least 3 of at least 10 s; the video has 12 s.");
        stream.Length.ShouldBe(0);
    }

    [Fact]
    public void ATitleIsOneLineWithoutAngleBrackets() =>
        Text(100, new(0, " <b>\n1\u2028x\t> "), new(20, "b"), new(40, "c")).Split('\n')[0].ShouldBe("0:00 ‹b› 1 x ›");

    [Fact]
    public void WhateverTheChaptersAreTheRulesHold()
    {
        Gen<Chapter> one = Gen.Double[0, 400].Select(start => new Chapter(start, "t"));
        Gen.Select(one.Array[0, 20], Gen.Double[1, 400]).Sample((chapters, duration) =>
        {
            if (YouTubeChapters.FindObstacle(chapters, duration) is not null)
            {
                return;
            }

            double[] starts = [.. Text(duration, chapters).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => TimeSpan.ParseExact(line.Split(' ')[0], @"m\:ss", CultureInfo.InvariantCulture).TotalSeconds)];
            starts.Length.ShouldBeGreaterThanOrEqualTo(3);
            starts[0].ShouldBe(0);
            starts.Append(duration).Zip(starts.Append(duration).Skip(1)).ShouldAllBe(pair => pair.Second - pair.First >= 10);
        }, iter: 500);
    }

    private static string Text(double duration, params Chapter[] chapters) => MarkedFilms.Text(stream => YouTubeChapters.Write(chapters, duration, stream));
}
