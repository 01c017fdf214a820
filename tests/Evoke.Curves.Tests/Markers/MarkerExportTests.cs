using System.Text;
using Evoke.Curves.Export;
using Evoke.Curves.Export.Markers;
using Evoke.Curves.Moments;

namespace Evoke.Curves.Tests.Markers;

public sealed class MarkerExportTests
{
    [Fact]
    public void EdlHasAResolveMarkerForEachMomentFromOneHourOn()
    {
        string edl = Text(stream => MarkerExport.WriteEdl(Document("cut.mp4"), Timecode.For(25), stream));
        edl.ShouldBe("""
            TITLE: cut.mp4
            FCM: NON-DROP FRAME

            001  001      V     C        01:00:02:00 01:00:04:00 01:00:02:00 01:00:04:00
             |C:ResolveColorSand |M:elation peak 0.800 |D:50

            002  001      V     C        01:01:01:12 01:01:01:13 01:01:01:12 01:01:01:13
             |C:ResolveColorPurple |M:sadness dip 0.100 |D:1


            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void CsvHasTimecodesAndSeconds()
    {
        string[] lines = Text(stream => MarkerExport.WriteCsv(Document("cut.mp4"), Timecode.For(29.97, dropFrame: false), stream)).Split('\n');
        lines[1].ShouldBe("\"elation peak\",\"model\",00:00:01:29,00:00:03:29,00:00:02:00,Comment,3,2,4,0.8000,0.5000");
        lines[2].ShouldStartWith("\"sadness dip\",\"model\",00:01:01:13,00:01:01:14,00:00:00:01,Comment,61.5,61.5,61.5,");
    }

    [Fact]
    public void ElanGetsMillisecondsAndNoEmptyAnnotation()
    {
        string[] lines = Text(stream => MarkerExport.WriteElan(Document("cut.mp4"), stream)).Split('\n');
        lines[1].ShouldBe("elation\t2000\t4000\tpeak 0.800");
        lines[2].ShouldBe("sadness\t61500\t61501\tdip 0.100");
    }

    [Fact]
    public void AHostileNameStaysOnItsLine() =>
        Text(stream => MarkerExport.WriteEdl(Document("a\nFCM: DROP\r.mp4"), Timecode.For(null), stream)).Split('\n')[0].ShouldBe("TITLE: a FCM: DROP .mp4");

    [Fact]
    public void EdlAndCsvOfADropFrameFilmSayTheSameFrames()
    {
        Timecode timecode = Timecode.For(30000.0 / 1001);
        string[] edl = Text(stream => MarkerExport.WriteEdl(Document("cut.mp4"), timecode, stream)).Split('\n');
        edl[1].ShouldBe("FCM: DROP FRAME");
        edl[3].ShouldBe("001  001      V     C        01:00:01;29 01:00:03;29 01:00:01;29 01:00:03;29");
        edl[4].ShouldEndWith("|D:60");
        edl[6].ShouldBe("002  001      V     C        01:01:01;15 01:01:01;16 01:01:01;15 01:01:01;16");
        string[] csv = Text(stream => MarkerExport.WriteCsv(Document("cut.mp4"), timecode, stream)).Split('\n');
        csv[1].ShouldContain(",00:00:01;29,00:00:03;29,00:00:02;00,");
        csv[2].ShouldContain(",00:01:01;15,00:01:01;16,00:00:00;01,");
    }

    [Fact]
    public void TheFilesOwnTimecodeIsWhereMarkersBegin()
    {
        Timecode timecode = Timecode.StartingAt(25, "10:00:00:00");
        Text(stream => MarkerExport.WriteEdl(Document("cut.mp4"), timecode, stream)).Split('\n')[3].ShouldContain(" 10:00:02:00 10:00:04:00 ");
        Text(stream => MarkerExport.WriteCsv(Document("cut.mp4"), timecode, stream)).Split('\n')[1].ShouldContain(",10:00:02:00,10:00:04:00,00:00:02:00,");
    }

    private static string Text(Action<Stream> write)
    {
        using MemoryStream stream = new();
        write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static PredictionDocument Document(string name)
    {
        EmotionScheme scheme = new(["elation", "sadness"]);
        return new PredictionDocument
        {
            VideoId = "v",
            SourceName = name,
            DurationSeconds = 100,
            ModelName = "model",
            Curves = new EmotionCurves(scheme, new TimeGrid(new Rate(6), 600), new float[1200]),
            Moments = [new Moment(0, MomentKind.Peak, 12, 18, 24, 0.8f, 0.5f), new Moment(1, MomentKind.Dip, 369, 369, 369, 0.1f, 0.2f)],
        };
    }
}
