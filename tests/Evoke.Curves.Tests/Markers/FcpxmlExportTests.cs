using System.Numerics;
using System.Xml;
using System.Xml.Linq;
using CsCheck;
using Evoke.Curves.Export;
using Evoke.Curves.Export.Markers;

namespace Evoke.Curves.Tests.Markers;

public sealed class FcpxmlExportTests
{
    [Fact]
    public void AProjectHasTheFilmOnceAndAMarkerAndAKeywordForEachMoment()
    {
        XDocument project = Read(MarkedFilms.Document, MarkedFilms.Ordinary);
        project.DocumentType!.Name.ShouldBe("fcpxml");
        Of(project.Root!, "version").ShouldBe("1.11");
        XElement format = project.Descendants("format").ShouldHaveSingleItem();
        Of(format, "id", "frameDuration", "width", "height").ShouldBe("r1 1/25s 1920 1080");
        format.Attribute("paspH").ShouldBeNull();
        XElement asset = project.Descendants("asset").ShouldHaveSingleItem();
        Of(asset, "id", "start", "duration", "hasVideo", "format", "hasAudio", "audioChannels", "audioRate").ShouldBe("r2 0s 100s 1 r1 1 2 48000");
        Of(asset.Element("media-rep")!, "kind", "src").ShouldBe("original-media ./film.mp4");
        XElement sequence = project.Descendants("sequence").ShouldHaveSingleItem();
        Of(sequence, "format", "duration", "tcStart", "tcFormat").ShouldBe("r1 100s 0s NDF");
        XElement clip = sequence.Element("spine")!.Elements().ShouldHaveSingleItem();
        clip.Name.LocalName.ShouldBe("asset-clip");
        Of(clip, "ref", "offset", "start", "duration").ShouldBe("r2 0s 0s 100s");
        clip.Elements().Select(element => $"{element.Name.LocalName} {Of(element, "start", "duration", "value", "note")}").ShouldBe(
        [
            "marker 2s 2s elation peak 0.800 at 00:00:03:00, prominence 0.500",
            "keyword 2s 2s elation peak 0.800 at 00:00:03:00, prominence 0.500",
            "marker 1537/25s 1/25s sadness dip 0.100 at 00:01:01:12, prominence 0.200",
            "keyword 1537/25s 1/25s sadness dip 0.100 at 00:01:01:12, prominence 0.200",
        ]);
    }

    [Theory]
    [MemberData(nameof(MarkedFilms.Rates), MemberType = typeof(MarkedFilms))]
    public void AMomentAtAFramesOwnTimeIsAtThatFrameExactly(long numerator, long denominator)
    {
        double rate = (double)numerator / denominator;
        Gen.Select(Gen.Int[0, 19_999], Gen.Int[0, 300]).Sample((first, length) =>
        {
            int last = Math.Min(19_999, first + length);
            PredictionDocument document = MarkedFilms.OfFrames(rate, 20_000, (first, last, last));
            XDocument project = Read(document, MarkedFilms.Ordinary with { FrameRate = rate });
            XElement marker = project.Descendants("marker").ShouldHaveSingleItem();
            ShouldBe(marker, "start", (BigInteger)first * denominator, numerator);
            ShouldBe(marker, "duration", (BigInteger)Math.Max(1, last - first) * denominator, numerator);
            ShouldBe(project.Descendants("format").Single(), "frameDuration", denominator, numerator);
            ShouldBe(project.Descendants("asset").Single(), "duration", (BigInteger)20_000 * denominator, numerator);
        }, iter: 20);
    }

    [Theory]
    [InlineData(23.976, "01:00:00:00", "86486400/24000", "NDF", "01:00:00:00")] // 86,400 frames
    [InlineData(29.97, "01:00:00;00", "107999892/30000", "DF", "01:00:00;00")] // 107,892 frames
    [InlineData(29.97, "01:00:00:00", "108108000/30000", "NDF", "01:00:00:00")]
    [InlineData(25.0, "10:00:00:00", "36000/1", "NDF", "10:00:00:00")]
    public void TheFilesOwnTimecodeIsWhereItsMediaBegins(double rate, string start, string seconds, string format, string shown)
    {
        PredictionDocument document = MarkedFilms.Document with { Moments = [MarkedFilms.Document.Moments[0] with { StartStep = 0, Step = 0 }] };
        XDocument project = Read(document, MarkedFilms.Ordinary with { FrameRate = rate, StartTimecode = start });
        BigInteger[] ratio = [.. seconds.Split('/').Select(BigInteger.Parse)];
        XElement clip = project.Descendants("asset-clip").Single();
        ShouldBe(project.Descendants("asset").Single(), "start", ratio[0], ratio[1]);
        ShouldBe(project.Descendants("sequence").Single(), "tcStart", ratio[0], ratio[1]);
        ShouldBe(clip, "offset", ratio[0], ratio[1]);
        ShouldBe(clip, "start", ratio[0], ratio[1]);
        ShouldBe(clip.Element("marker")!, "start", ratio[0], ratio[1]);
        Of(clip, "tcFormat").ShouldBe(format);
        Of(clip.Element("marker")!, "note").ShouldContain($" at {shown},");
    }

    [Theory]
    [InlineData(23.98, "1001/24000s")]
    [InlineData(12.5, "1001/24000s")]
    [InlineData(24.3, "1/25s")]
    [InlineData(27.0, "1001/30000s")]
    [InlineData(48.0, "1/50s")]
    [InlineData(120.0, "1/60s")]
    [InlineData(0.5, "1001/24000s")]
    public void ARateThatFinalCutDoesNotHaveGetsTheNextFasterOne(double rate, string frameDuration)
    {
        XDocument project = Read(MarkedFilms.Document, MarkedFilms.Ordinary with { FrameRate = rate });
        Of(project.Descendants("format").First(), "frameDuration").ShouldBe(frameDuration);
        XElement[] formats = [.. project.Descendants("format")];
        formats.Length.ShouldBe(rate == 23.98 ? 1 : 2);
        Of(project.Descendants("asset").Single(), "format").ShouldBe(Of(formats[^1], "id"), "the film's own format does not claim the project's rate");
        (formats.Length == 1 || formats[1].Attribute("frameDuration") is null).ShouldBeTrue();
        foreach (XElement marker in project.Descendants("marker"))
        {
            double seconds = Seconds(Of(marker, "start"));
            double expected = Of(marker, "value") == "elation peak" ? 2 : 61.5;
            seconds.ShouldBeInRange(expected - Seconds(frameDuration) - 1e-9, expected + 1e-9);
            Seconds(Of(marker, "duration")).ShouldBeGreaterThan(0);
        }
    }

    [Theory]
    [InlineData(64.0 / 45, "64 45")]
    [InlineData(16.0 / 11, "16 11")]
    [InlineData(4.0 / 3, "4 3")]
    [InlineData(0.9090909090909091, "10 11")]
    [InlineData(1.0, null)]
    [InlineData(double.NaN, null)]
    [InlineData(0.0, null)]
    public void PixelsThatAreNotSquareHaveTheirShape(double aspect, string? shape)
    {
        XElement format = Read(MarkedFilms.Document, MarkedFilms.Ordinary with { PixelAspect = aspect }).Descendants("format").Single();
        (format.Attribute("paspH") is null ? null : Of(format, "paspH", "paspV")).ShouldBe(shape);
    }

    [Fact]
    public void MarkersStayWithinTheFilmAndHaveAFrameEach()
    {
        PredictionDocument document = MarkedFilms.OfFrames(25, 100, (98, 99, 99), (0, 50, 99), (0, 10, 99), (0, 20, 30));
        XElement[] markers = [.. Read(document with { DurationSeconds = 3.9 }, MarkedFilms.Ordinary).Descendants("marker")];
        double[] starts = [.. markers.Select(marker => Seconds(Of(marker, "start")))];
        starts.Distinct().Count().ShouldBe(4);
        markers.ShouldAllBe(marker => Seconds(Of(marker, "start")) + Seconds(Of(marker, "duration")) <= (97 / 25.0) + 1e-9);
    }

    [Fact]
    public void WithoutAFileTheMarkersAreOnAGap()
    {
        XDocument project = Read(MarkedFilms.Document, FilmFile.Unknown);
        project.Descendants("asset").ShouldBeEmpty();
        XElement gap = project.Descendants("spine").Single().Elements().ShouldHaveSingleItem();
        gap.Name.LocalName.ShouldBe("gap");
        gap.Elements("marker").Count().ShouldBe(2);
        Of(project.Descendants("format").Single(), "width", "height").ShouldBe("1920 1080");
    }

    [Fact]
    public void SoundAloneHasNoVideo()
    {
        XElement asset = Read(MarkedFilms.Document, MarkedFilms.Ordinary with { Width = 0, Height = 0, FrameRate = null }).Descendants("asset").Single();
        (asset.Attribute("hasVideo"), asset.Attribute("format"), asset.Attribute("hasAudio")?.Value).ShouldBe((null, null, "1"));
    }

    [Fact]
    public void HostileNamesAreText()
    {
        PredictionDocument document = MarkedFilms.Document with
        {
            SourceName = MarkedFilms.Hostile,
            Curves = Made.Curves(6, (MarkedFilms.Hostile, new float[600]), ("b", new float[600])),
        };
        XDocument project = Read(document, MarkedFilms.Ordinary with { Location = "R&D \"x\".mp4" });
        const string Shown = "a b c|d,e&f<g>\"h'  i😀j\uFFFDk\uFFFD";
        Of(project.Descendants("project").Single(), "name").ShouldBe(Shown);
        Of(project.Descendants("marker").First(), "value").ShouldBe($"{Shown} peak");
        Of(project.Descendants("keyword").First(), "value").ShouldBe($"{Shown.Replace(',', ' ')} peak");
        Of(project.Descendants("media-rep").Single(), "src").ShouldBe("./R%26D%20%22x%22.mp4");
    }

    private static XDocument Read(PredictionDocument document, FilmFile film)
    {
        using MemoryStream bytes = new(MarkedFilms.Bytes(stream => FcpxmlExport.Write(document, film, stream)));
        using XmlReader reader = XmlReader.Create(bytes, new XmlReaderSettings { DtdProcessing = DtdProcessing.Parse, XmlResolver = null });
        return XDocument.Load(reader);
    }

    private static string Of(XElement element, params string[] names) => string.Join(' ', names.Select(name => element.Attribute(name)?.Value));

    private static void ShouldBe(XElement element, string name, BigInteger numerator, BigInteger denominator)
    {
        (BigInteger above, BigInteger below) = Ratio(Of(element, name));
        (above * denominator).ShouldBe(below * numerator, $"{name} is {Of(element, name)}, not {numerator}/{denominator}s");
    }

    private static double Seconds(string time) => (double)Ratio(time).Above / (double)Ratio(time).Below;

    private static (BigInteger Above, BigInteger Below) Ratio(string time)
    {
        time.ShouldEndWith("s");
        string[] parts = time.TrimEnd('s').Split('/');
        BigInteger below = parts.Length > 1 ? BigInteger.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) : 1;
        below.ShouldBeLessThanOrEqualTo(int.MaxValue);
        return (BigInteger.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), below);
    }
}
