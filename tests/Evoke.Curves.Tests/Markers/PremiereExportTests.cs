using System.Text;
using Evoke.Curves.Export;
using Evoke.Curves.Export.Markers;

namespace Evoke.Curves.Tests.Markers;

public sealed class PremiereExportTests
{
    [Fact]
    public void TheListIsUtf16WithTabs()
    {
        byte[] bytes = MarkedFilms.Bytes(stream => PremiereExport.Write(MarkedFilms.Document, Timecode.For(25), stream));
        bytes.AsSpan(0, 2).ToArray().ShouldBe([0xFF, 0xFE]);
        Encoding.Unicode.GetString(bytes.AsSpan(2)).ShouldBe(
            "Marker Name\tDescription\tIn\tOut\tDuration\tMarker Type\t\n"
            + "elation peak\t0.800 at 00:00:03:00, prominence 0.500\t00:00:02:00\t00:00:04:00\t00:00:02:00\tComment\t\n"
            + "sadness dip\t0.100 at 00:01:01:12, prominence 0.200\t00:01:01:12\t00:01:01:13\t00:00:00:01\tComment\t\n");
    }

    [Fact]
    public void DropFrameTimecodesHaveSemicolonsAllThrough() =>
        Lines(MarkedFilms.Document, Timecode.For(30000.0 / 1001))[2].ShouldContain("\t00;01;01;15\t00;01;01;16\t00;00;00;01\t");

    [Fact]
    public void ItStartsAtTheFilmsOwnTimecode() =>
        Lines(MarkedFilms.Document, Timecode.StartingAt(25, "10:00:00:00"))[1]
            .ShouldContain(" at 10:00:03:00, prominence 0.500\t10:00:02:00\t10:00:04:00\t00:00:02:00\t");

    [Fact]
    public void AHostileNameStaysInItsColumn()
    {
        PredictionDocument document = MarkedFilms.Document with { Curves = Made.Curves(6, (MarkedFilms.Hostile, new float[600]), ("=1+1", new float[600])) };
        string[] lines = Lines(document, Timecode.For(25));
        lines.Length.ShouldBe(4); // the last one is empty
        lines.Skip(1).Take(2).ShouldAllBe(line => line.Count(c => c == '\t') == 6);
        lines[1].ShouldStartWith("a b c|d,e&f<g>\"h'  i\uD83D\uDE00j\uFFFDk\uFFFD peak\t");
        lines[2].ShouldStartWith("'=1+1 dip\t", Case.Sensitive, "a spreadsheet would compute it");
    }

    private static string[] Lines(PredictionDocument document, Timecode timecode) =>
        Encoding.Unicode.GetString(MarkedFilms.Bytes(stream => PremiereExport.Write(document, timecode, stream)).AsSpan(2)).Split('\n');
}
