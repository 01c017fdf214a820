using System.Globalization;
using System.Xml.Linq;
using CsCheck;
using Evoke.Curves.Export;
using Evoke.Curves.Export.Markers;
using Evoke.Curves.Moments;

namespace Evoke.Curves.Tests.Markers;

public sealed class EafExportTests
{
    private static readonly XNamespace Instance = "http://www.w3.org/2001/XMLSchema-instance";

    [Fact]
    public void ADocumentHasItsVideoAndATierForEachEmotion()
    {
        XElement root = Read(MarkedFilms.Document, MarkedFilms.Ordinary with { Location = "../clips/my film.mp4" });
        root.Attribute(Instance + "noNamespaceSchemaLocation")!.Value.ShouldBe("http://www.mpi.nl/tools/elan/EAFv3.0.xsd");
        root.Elements().Select(element => element.Name.LocalName).ShouldBe(["HEADER", "TIME_ORDER", "TIER", "TIER", "LINGUISTIC_TYPE"]);
        XElement media = root.Element("HEADER")!.Element("MEDIA_DESCRIPTOR")!;
        media.Attribute("MEDIA_URL")!.Value.ShouldBe("file:../clips/my film.mp4", "ELAN does not decode addresses");
        media.Attribute("RELATIVE_MEDIA_URL")!.Value.ShouldBe("../clips/my film.mp4");
        media.Attribute("MIME_TYPE")!.Value.ShouldBe("video/mp4");
        Tiers(root).ShouldBe(
        [
            ("elation", 2000, 4000, "peak 0.800 at 00:00:03.000, prominence 0.500"), ("sadness", 61_500, 61_501, "dip 0.100 at 00:01:01.500, prominence 0.200"),
        ]);
        root.Element("LINGUISTIC_TYPE")!.Attribute("LINGUISTIC_TYPE_ID")!.Value.ShouldBe(root.Element("TIER")!.Attribute("LINGUISTIC_TYPE_REF")!.Value);
    }

    [Theory]
    [InlineData("a.mp4", "video/mp4")]
    [InlineData("a.MOV", "video/quicktime")]
    [InlineData("a.mpg", "video/mpeg")]
    [InlineData("a.mkv", "video/*")]
    [InlineData("a", "video/*")]
    public void TheMediaTypeIsOneOfElans(string location, string type) => MediaType(MarkedFilms.Ordinary with { Location = location }).ShouldBe(type);

    [Theory]
    [InlineData("a.wav", "audio/x-wav")]
    [InlineData("a.mp3", "audio/*")]
    public void SoundHasATypeOfSound(string location, string type) =>
        MediaType(MarkedFilms.Ordinary with { Location = location, Width = 0, Height = 0 }).ShouldBe(type);

    [Fact]
    public void WithoutAFileNoMediaIsLinked() => Read(MarkedFilms.Document, FilmFile.Unknown).Descendants("MEDIA_DESCRIPTOR").ShouldBeEmpty();

    [Fact]
    public void MomentsThatOverlapAreOnFurtherTiers()
    {
        Moment wide = new(0, MomentKind.Peak, 0, 5, 100, 0.5f, 0.2f);
        PredictionDocument document = MarkedFilms.Document with
        {
            Curves = Made.Curves(6, ("joy", new float[600]), ("joy 2", new float[600])),
            Moments = [wide, wide with { StartStep = 20, EndStep = 30 }, wide with { StartStep = 100, EndStep = 110 }, wide with { Emotion = 1 }],
        };
        Tiers(Read(document, MarkedFilms.Ordinary)).Select(annotation => (annotation.Tier, annotation.Begin)).ShouldBe(
            [("joy", 0), ("joy", 16_667), ("joy 3", 3333), ("joy 2", 0)]);
    }

    [Fact]
    public void NoTierOverlapsAndEverySlotIsThereOnce()
    {
        Gen<Moment> one = Gen.Select(Gen.Int[0, 1], Gen.Int[0, 599], Gen.Int[0, 200])
            .Select((emotion, start, length) => new Moment(emotion, MomentKind.Peak, start, start, Math.Min(599, start + length), 0.5f, 0.1f));
        one.Array[0, 12].Sample(moments =>
        {
            XElement root = Read(MarkedFilms.Document with { Moments = moments }, MarkedFilms.Ordinary);
            (string Tier, long Begin, long End, string)[] annotations = Tiers(root);
            annotations.Length.ShouldBe(moments.Length);
            foreach (IGrouping<string, (string Tier, long Begin, long End, string)> tier in annotations.GroupBy(annotation => annotation.Tier))
            {
                tier.Zip(tier.Skip(1)).ShouldAllBe(pair => pair.First.End <= pair.Second.Begin);
                tier.ShouldAllBe(annotation => annotation.Begin < annotation.End);
            }

            string[] slots = [.. root.Descendants("TIME_SLOT").Select(slot => slot.Attribute("TIME_SLOT_ID")!.Value)];
            slots.Distinct().Count().ShouldBe(2 * moments.Length);
            root.Descendants("ALIGNABLE_ANNOTATION").Select(annotation => annotation.Attribute("ANNOTATION_ID")!.Value).Distinct().Count()
                .ShouldBe(moments.Length);
        }, iter: 200);
    }

    [Fact]
    public void HostileNamesAreTextAndTiersKeepDifferentNames()
    {
        PredictionDocument document = MarkedFilms.Document with
        {
            Curves = Made.Curves(6, ("a\tb", new float[600]), ("a b", new float[600])),
            Moments = [MarkedFilms.Document.Moments[0], MarkedFilms.Document.Moments[0] with { Emotion = 1 }],
        };
        XElement root = Read(document, MarkedFilms.Ordinary with { Location = "C: 100% <&> \"q\" 😀.mp4" });
        Tiers(root).Select(annotation => annotation.Tier).ShouldBe(["a b", "a b 2"]);
        root.Descendants("MEDIA_DESCRIPTOR").Single().Attribute("MEDIA_URL")!.Value.ShouldBe("file:./C: 100% <&> \"q\" 😀.mp4");
        PredictionDocument hostile = MarkedFilms.Document with { Curves = Made.Curves(6, (MarkedFilms.Hostile, new float[600]), ("b", new float[600])) };
        Tiers(Read(hostile, MarkedFilms.Ordinary))[0].Tier.ShouldBe("a b c|d,e&f<g>\"h'  i😀j\uFFFDk\uFFFD");
    }

    private static string MediaType(FilmFile film) => Read(MarkedFilms.Document, film).Descendants("MEDIA_DESCRIPTOR").Single().Attribute("MIME_TYPE")!.Value;

    private static (string Tier, long Begin, long End, string Text)[] Tiers(XElement root)
    {
        Dictionary<string, long> slots = root.Element("TIME_ORDER")!.Elements().ToDictionary(
            slot => slot.Attribute("TIME_SLOT_ID")!.Value, slot => long.Parse(slot.Attribute("TIME_VALUE")!.Value, CultureInfo.InvariantCulture));
        return [.. root.Elements("TIER").SelectMany(tier => tier.Descendants("ALIGNABLE_ANNOTATION").Select(annotation => (
            tier.Attribute("TIER_ID")!.Value, slots[annotation.Attribute("TIME_SLOT_REF1")!.Value], slots[annotation.Attribute("TIME_SLOT_REF2")!.Value],
            annotation.Element("ANNOTATION_VALUE")!.Value)))];
    }

    private static XElement Read(PredictionDocument document, FilmFile film)
    {
        using MemoryStream bytes = new(MarkedFilms.Bytes(stream => EafExport.Write(document, film, stream)));
        return XDocument.Load(bytes).Root!;
    }
}
