using System.Text;
using Evoke.Curves.Export.Markers;
using Evoke.Curves.Export.Programs;
using Evoke.Curves.Tests.Markers;

namespace Evoke.Curves.Tests.Programs;

public sealed class ProgramFormatsTests
{
    [Fact]
    public void NamesAndEndingsAreDifferentAndFound()
    {
        ProgramFormats.All.Select(format => format.Name).ShouldBe(["edl", "markers", "premiere", "otio", "fcpxml", "elan", "eaf", "youtube", "chapters"]);
        ProgramFormats.All.Select(format => format.Ending).Distinct().Count().ShouldBe(9);
        ProgramFormats.All.ShouldAllBe(format => ProgramFormats.Find(format.Name) == format);
        ProgramFormats.Find("csv").ShouldBeNull();
        ProgramFormats.Find("EDL").ShouldBeNull();
    }

    [Theory]
    [InlineData("edl", "TITLE: film.mp4")]
    [InlineData("markers", "Marker Name,")]
    [InlineData("otio", "{")]
    [InlineData("fcpxml", "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE fcpxml>")]
    [InlineData("elan", "Tier\t")]
    [InlineData("eaf", "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<ANNOTATION_DOCUMENT")]
    [InlineData("chapters", "WEBVTT\n")]
    public void EachWritesItsForm(string name, string start) => Text(name, MarkedFilms.Ordinary, own: false).ShouldStartWith(start);

    [Fact]
    public void OnlyThoseThatSayTheyDoTakeTheOwnTimecodeOnRequest()
    {
        FilmFile film = MarkedFilms.Ordinary with { StartTimecode = "10:00:00:00" };
        foreach (ProgramFormat format in ProgramFormats.All.Where(format => format.FindObstacle(MarkedFilms.Document) is null))
        {
            byte[] usual = MarkedFilms.Bytes(stream => format.Write(MarkedFilms.Document, film, ownTimecode: false, stream));
            byte[] own = MarkedFilms.Bytes(stream => format.Write(MarkedFilms.Document, film, ownTimecode: true, stream));
            own.SequenceEqual(usual).ShouldBe(!format.TakesOwnTimecode, format.Name);
        }
    }

    [Fact]
    public void OnlyThoseThatSayTheyDoDependOnTheFrameRateOrTheFilm()
    {
        foreach (ProgramFormat format in ProgramFormats.All.Where(format => format.FindObstacle(MarkedFilms.Document) is null))
        {
            byte[] Of(FilmFile film) => MarkedFilms.Bytes(stream => format.Write(MarkedFilms.Document, film, ownTimecode: false, stream));
            byte[] usual = Of(MarkedFilms.Ordinary);
            Of(MarkedFilms.Ordinary with { FrameRate = 30 }).SequenceEqual(usual).ShouldBe(!format.CountsFrames, format.Name);
            Of(FilmFile.Unknown with { FrameRate = 25 }).SequenceEqual(usual).ShouldBe(!format.DescribesFilm, format.Name);
        }
    }

    [Fact]
    public void OnlyYouTubeRefuses() =>
        ProgramFormats.All.Where(format => format.FindObstacle(MarkedFilms.Document with { DurationSeconds = 12 }) is not null).Select(format => format.Name)
            .ShouldBe(["youtube"]);

    [Fact]
    public void TheSamePredictionGivesTheSameBytes()
    {
        foreach (ProgramFormat format in ProgramFormats.All.Where(format => format.FindObstacle(MarkedFilms.Document) is null))
        {
            byte[] Once() => MarkedFilms.Bytes(stream => format.Write(MarkedFilms.Document, MarkedFilms.Ordinary, ownTimecode: false, stream));
            Once().SequenceEqual(Once()).ShouldBeTrue(format.Name);
        }
    }

    private static string Text(string name, FilmFile film, bool own) =>
        Encoding.UTF8.GetString(MarkedFilms.Bytes(stream => ProgramFormats.Find(name)!.Write(MarkedFilms.Document, film, own, stream)));
}
