using System.Text;
using Evoke.Curves.Export;
using Evoke.Curves.Export.Markers;
using Evoke.Curves.Moments;

namespace Evoke.Curves.Tests.Markers;

/// <summary>Marker files line by line: EDL of CMX 3600 for Resolve, CSV for Premiere, tab-delimited text for ELAN.</summary>
public sealed class MarkerTextTests
{
    [Theory]
    [InlineData("elation", "Sand")]
    [InlineData("sadness", "Purple")]
    [InlineData("interest", "Sky")]
    [InlineData("hunger", "Blue")]
    public void TheColourIsThatOfTheCurve(string emotion, string colour) =>
        Edl(Document(emotion)).ShouldContain($" |C:ResolveColor{colour} |M:{emotion} peak 0.500 |D:25\n\n");

    [Fact]
    public void AMarkerThatHasNoLengthLastsAFrame()
    {
        PredictionDocument document = Document("joy") with { Moments = [new Moment(0, MomentKind.Dip, 3, 3, 3, 0.5f, 0.25f)] };
        Edl(document).ShouldBe(
            "TITLE: film.mp4\nFCM: NON-DROP FRAME\n\n001  001      V     C        01:00:03:00 01:00:03:01 01:00:03:00 01:00:03:01\n"
            + " |C:ResolveColorBlue |M:joy dip 0.500 |D:1\n\n");
        Csv(document).Split('\n')[1].ShouldBe("\"joy dip\",\"model\",00:00:03:00,00:00:03:01,00:00:00:01,Comment,3,3,3,0.5000,0.2500");
        Elan(document).Split('\n')[1].ShouldBe("joy\t3000\t3001\tdip 0.500");
    }

    [Fact]
    public void TheFilesHaveTheirHeadersAndEndWithALine()
    {
        Csv(Document("joy")).ShouldBe(
            "Marker Name,Description,In,Out,Duration,Marker Type,Peak (seconds),In (seconds),Out (seconds),Value,Prominence\n"
            + "\"joy peak\",\"model\",00:00:01:00,00:00:02:00,00:00:01:00,Comment,2,1,2,0.5000,0.2500\n");
        Elan(Document("joy")).ShouldBe("Tier\tBegin Time - msec\tEnd Time - msec\tAnnotation\njoy\t1000\t2000\tpeak 0.500\n");
    }

    [Fact]
    public void MarkersAreNumberedAndNumbersHaveThreeDigits()
    {
        Moment[] moments = [.. Enumerable.Range(0, 101).Select(i => new Moment(0, MomentKind.Peak, 0, 0, 0, 0, 0))];
        string edl = Edl(Document("joy") with { Moments = moments });
        edl.ShouldContain("\n009  001 ");
        edl.ShouldContain("\n101  001 ");
    }

    [Fact]
    public void NoTwoMarkersOfResolveBeginOnOneFrame()
    {
        Moment moment = new(0, MomentKind.Peak, 1, 1, 2, 0.5f, 0.25f);
        Moment brief = moment with { EndStep = 1 };
        string[] lines = Edl(Document("joy") with { Moments = [moment, brief, moment] }).Split('\n');
        lines[3].ShouldEndWith("01:00:01:00 01:00:02:00");
        lines[6].ShouldEndWith("01:00:01:01 01:00:01:02");
        lines[9].ShouldEndWith("01:00:01:02 01:00:02:00");
        lines[10].ShouldEndWith("|D:23");
    }

    [Fact]
    public void NamesCannotBreakTheirFormat()
    {
        Edl(Document("a|b\nc")).ShouldContain("|M:a/b c peak ");
        Elan(Document("a\tb")).ShouldContain("\na b\t1000");
        Csv(Document("say \"hi\"")).ShouldContain("\n\"say \"\"hi\"\" peak\",");
        foreach (char formula in "=+-@")
        {
            Csv(Document($"{formula}1")).ShouldContain($"\n\"'{formula}1 peak\",", customMessage: "a spreadsheet would compute it");
        }

        Csv(Document("x=1")).ShouldContain("\n\"x=1 peak\",");
        Csv(Document("joy") with { ModelName = "" }).ShouldContain("\"joy peak\",\"\",");
    }

    [Fact]
    public void StreamsStayOpenWithoutAByteOrderMark()
    {
        using MemoryStream stream = new();
        MarkerExport.WriteElan(Document("joy"), stream);
        MarkerExport.WriteCsv(Document("joy"), Timecode.For(25), stream);
        MarkerExport.WriteEdl(Document("joy"), Timecode.For(25), stream);
        stream.ToArray()[0].ShouldBe((byte)'T');
    }

    [Fact]
    public void WhatIsMissingIsNamed()
    {
        MemoryStream stream = new();
        Should.Throw<ArgumentNullException>(() => MarkerExport.WriteEdl(null!, Timecode.For(25), stream)).ParamName.ShouldBe("document");
        Should.Throw<ArgumentNullException>(() => MarkerExport.WriteEdl(Document("joy"), null!, stream)).ParamName.ShouldBe("timecode");
        Should.Throw<ArgumentNullException>(() => MarkerExport.WriteCsv(null!, Timecode.For(25), stream)).ParamName.ShouldBe("document");
        Should.Throw<ArgumentNullException>(() => MarkerExport.WriteCsv(Document("joy"), null!, stream)).ParamName.ShouldBe("timecode");
        Should.Throw<ArgumentNullException>(() => MarkerExport.WriteElan(null!, stream)).ParamName.ShouldBe("document");
    }

    [Theory]
    [InlineData(null, 25, false)]
    [InlineData(0.0, 25, false)]
    [InlineData(-5.0, 25, false)]
    [InlineData(1000.0, 25, false)]
    [InlineData(double.NaN, 25, false)]
    [InlineData(999.0, 999, false)]
    [InlineData(0.4, 1, false)]
    [InlineData(29.97, 30, true)]
    [InlineData(59.94, 60, true)]
    [InlineData(30.0, 30, false)]
    [InlineData(60.0, 60, false)]
    [InlineData(23.976, 24, false)]
    [InlineData(119.88, 120, false)]
    [InlineData(12.5, 12, false)]
    public void FramesAreCountedAtTheNearestWholeRate(double? rate, int whole, bool drops)
    {
        Timecode timecode = Timecode.For(rate);
        (timecode.FramesPerSecond, timecode.IsDropFrame, timecode.StartFrame).ShouldBe((whole, drops, null));
        Timecode.For(rate, dropFrame: true).IsDropFrame.ShouldBe(drops, "other rates have no drop-frame");
        Timecode.For(rate, dropFrame: false).IsDropFrame.ShouldBeFalse();
    }

    [Theory]
    [InlineData(12.5, 80, 1000)]
    [InlineData(25.0, 40, 1000)]
    [InlineData(0.5, 2000, 1000)]
    [InlineData(29.97, 100.1, 3000)] // 30000/1001
    [InlineData(1000 / 1001.0, 1001, 1000)] // the slowest of the NTSC kind
    public void AFrameStartsWhenTheOneBeforeEnds(double rate, double milliseconds, int thousandths)
    {
        Timecode timecode = Timecode.For(rate);
        double frame = milliseconds * 1000 / thousandths / 1000;
        timecode.FrameAt(frame * 7).ShouldBe(7);
        timecode.FrameAt((frame * 7) - 1e-4).ShouldBe(6);
        timecode.FrameAt(-1).ShouldBe(0);
    }

    [Theory]
    [InlineData(25, 86_400 * 25, "00:00:00:00")] // a day later it starts again
    [InlineData(25, (86_400 * 25) - 1, "23:59:59:24")]
    [InlineData(25, 25 * 60, "00:01:00:00")]
    [InlineData(120, 119, "00:00:00:119")]
    public void TimecodesAreRoundTheClock(double rate, long frame, string text) => Timecode.For(rate).Text(frame).ShouldBe(text);

    [Theory]
    [InlineData("10:20:30:05", false)]
    [InlineData("10:20:30;05", true)]
    [InlineData("10:20:30.05", true)] // some programs write a point for a semicolon
    public void AStartTimecodeSaysHowItIsCounted(string start, bool drops)
    {
        Timecode timecode = Timecode.StartingAt(29.97, start);
        timecode.IsDropFrame.ShouldBe(drops);
        long minutes = (10 * 60) + 20;
        long counted = (((minutes * 60) + 30) * 30) + 5;
        timecode.StartFrame.ShouldBe(drops ? counted - (2 * (minutes - (minutes / 10))) : counted);
    }

    [Theory]
    [InlineData("1:20:30:05")]
    [InlineData("10:60:30:05")]
    [InlineData("10:20:30:05 ")]
    [InlineData("x10:20:30:05")]
    [InlineData("")]
    public void AnotherTextIsNoTimecode(string start) => Timecode.StartingAt(29.97, start).ShouldBe(Timecode.For(29.97));

    private static string Edl(PredictionDocument document) => Text(stream => MarkerExport.WriteEdl(document, Timecode.For(25), stream));

    private static string Csv(PredictionDocument document) => Text(stream => MarkerExport.WriteCsv(document, Timecode.For(25), stream));

    private static string Elan(PredictionDocument document) => Text(stream => MarkerExport.WriteElan(document, stream));

    private static string Text(Action<Stream> write)
    {
        using MemoryStream stream = new();
        write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>One peak from the first to the second second.</summary>
    private static PredictionDocument Document(string emotion) =>
        Made.Document(Made.Curves(1, (emotion, new float[5])), new Moment(0, MomentKind.Peak, 1, 2, 2, 0.5f, 0.25f));
}
