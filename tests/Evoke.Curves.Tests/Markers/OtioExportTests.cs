using System.Text.Json;
using CsCheck;
using Evoke.Curves.Export;
using Evoke.Curves.Export.Markers;
using Evoke.Curves.Moments;

namespace Evoke.Curves.Tests.Markers;

public sealed class OtioExportTests
{
    [Fact]
    public void ATimelineHasTheFilmOnceAndAMarkerForEachMoment()
    {
        JsonElement timeline = Read(MarkedFilms.Document, MarkedFilms.Ordinary);
        Text(timeline, "OTIO_SCHEMA").ShouldBe("Timeline.1");
        Text(timeline, "name").ShouldBe("film.mp4");
        timeline.GetProperty("global_start_time").ValueKind.ShouldBe(JsonValueKind.Null);
        JsonElement stack = timeline.GetProperty("tracks");
        Text(stack, "OTIO_SCHEMA").ShouldBe("Stack.1");
        JsonElement[] tracks = [.. stack.GetProperty("children").EnumerateArray()];
        tracks.Select(track => (Text(track, "OTIO_SCHEMA"), Text(track, "kind"))).ShouldBe([("Track.1", "Video"), ("Track.1", "Audio")]);
        foreach (JsonElement track in tracks)
        {
            JsonElement clip = track.GetProperty("children").EnumerateArray().ShouldHaveSingleItem();
            Text(clip, "OTIO_SCHEMA").ShouldBe("Clip.1");
            Range(clip.GetProperty("source_range")).ShouldBe((0, 2500, 25));
            JsonElement media = clip.GetProperty("media_reference");
            Text(media, "OTIO_SCHEMA").ShouldBe("ExternalReference.1");
            Text(media, "target_url").ShouldBe("./film.mp4");
            Range(media.GetProperty("available_range")).ShouldBe((0, 2500, 25));
        }

        JsonElement[] markers = Markers(timeline);
        markers.Select(marker => (Text(marker, "OTIO_SCHEMA"), Text(marker, "name"), Text(marker, "color"), Range(marker.GetProperty("marked_range"))))
            .ShouldBe([("Marker.2", "elation peak", "ORANGE", (50, 50, 25)), ("Marker.2", "sadness dip", "PURPLE", (1537, 1, 25))]);
        markers.Select(marker => Range(marker.GetProperty("range"))).ShouldBe(markers.Select(marker => Range(marker.GetProperty("marked_range"))));
        Text(markers[0], "comment").ShouldBe("0.800 at 00:00:03:00, prominence 0.500");
        JsonElement metadata = markers[0].GetProperty("metadata");
        metadata.GetProperty("evoke").GetProperty("peak_seconds").GetDouble().ShouldBe(3);
        metadata.GetProperty("Resolve_OTIO").GetProperty("Note").GetString().ShouldBe("0.800 at 00:00:03:00, prominence 0.500");
    }

    [Theory]
    [MemberData(nameof(MarkedFilms.Rates), MemberType = typeof(MarkedFilms))]
    public void AMomentAtAFramesOwnTimeIsAtThatFrameAtTheExactRate(long numerator, long denominator)
    {
        double rate = (double)numerator / denominator;
        Gen.Select(Gen.Int[0, 19_999], Gen.Int[0, 300]).Sample((first, length) =>
        {
            int last = Math.Min(19_999, first + length);
            PredictionDocument document = MarkedFilms.OfFrames(rate, 20_000, (first, last, last));
            JsonElement marker = Markers(Read(document, MarkedFilms.Ordinary with { FrameRate = rate })).ShouldHaveSingleItem();
            Range(marker.GetProperty("marked_range")).ShouldBe((first, Math.Max(1, last - first), rate));
        }, iter: 20);
    }

    [Fact]
    public void TheFilesOwnTimecodeIsWhereItsMediaBegins()
    {
        JsonElement timeline = Read(MarkedFilms.Document, MarkedFilms.Ordinary with { FrameRate = 29.97, StartTimecode = "01:00:00;00" });
        timeline.GetProperty("global_start_time").GetProperty("value").GetInt64().ShouldBe(107_892);
        JsonElement clip = timeline.GetProperty("tracks").GetProperty("children")[0].GetProperty("children")[0];
        Range(clip.GetProperty("source_range")).ShouldBe((107_892, 2997, 30000.0 / 1001));
        Range(clip.GetProperty("media_reference").GetProperty("available_range")).ShouldBe((107_892, 2997, 30000.0 / 1001));
        Range(Markers(timeline)[0].GetProperty("marked_range")).First.ShouldBe(59, "markers of the timeline are counted from its start");
        Text(Markers(timeline)[0], "comment").ShouldContain(" at 01:00:02;29,");
    }

    [Fact]
    public void AFilmThatIsNotThereIsMissingMedia()
    {
        JsonElement track = Read(MarkedFilms.Document, FilmFile.Unknown).GetProperty("tracks").GetProperty("children").EnumerateArray().ShouldHaveSingleItem();
        JsonElement media = track.GetProperty("children")[0].GetProperty("media_reference");
        Text(media, "OTIO_SCHEMA").ShouldBe("MissingReference.1");
        media.TryGetProperty("target_url", out _).ShouldBeFalse();
    }

    [Fact]
    public void SoundAloneHasOneTrack() =>
        Read(MarkedFilms.Document, MarkedFilms.Ordinary with { Width = 0, Height = 0 }).GetProperty("tracks").GetProperty("children").EnumerateArray()
            .Select(track => Text(track, "kind")).ShouldBe(["Audio"]);

    [Fact]
    public void HostileNamesAreText()
    {
        PredictionDocument document = MarkedFilms.Document with
        {
            SourceName = MarkedFilms.Hostile,
            ModelName = MarkedFilms.Hostile,
            Curves = Made.Curves(6, (MarkedFilms.Hostile, new float[600]), ("b", new float[600])),
        };
        JsonElement timeline = Read(document, MarkedFilms.Ordinary with { Location = "../a b/100% #1 ü😀?.mp4" });
        Text(Markers(timeline)[0], "name").ShouldBe("a b c|d,e&f<g>\"h'  i😀j\uFFFDk\uFFFD peak");
        JsonElement media = timeline.GetProperty("tracks").GetProperty("children")[0].GetProperty("children")[0].GetProperty("media_reference");
        Text(media, "target_url").ShouldBe("../a%20b/100%25%20%231%20%C3%BC%F0%9F%98%80%3F.mp4");
        Uri.UnescapeDataString(Text(media, "target_url")).ShouldBe("../a b/100% #1 ü😀?.mp4");
    }

    [Fact]
    public void TwoMomentsThatBeginTogetherHaveAFrameEach()
    {
        Moment moment = MarkedFilms.Document.Moments[0];
        JsonElement timeline = Read(MarkedFilms.Document with { Moments = [moment, moment with { Emotion = 1 }, moment] }, MarkedFilms.Ordinary);
        Markers(timeline).Select(marker => Range(marker.GetProperty("marked_range"))).ShouldBe([(50, 50, 25), (51, 49, 25), (52, 48, 25)]);
    }

    private static JsonElement Read(PredictionDocument document, FilmFile film) =>
        JsonDocument.Parse(MarkedFilms.Bytes(stream => OtioExport.Write(document, film, stream))).RootElement;

    private static JsonElement[] Markers(JsonElement timeline) => [.. timeline.GetProperty("tracks").GetProperty("markers").EnumerateArray()];

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static (long First, long Count, double Rate) Range(JsonElement range)
    {
        (long Value, double Rate) Time(string name)
        {
            JsonElement time = range.GetProperty(name);
            Text(time, "OTIO_SCHEMA").ShouldBe("RationalTime.1");
            return (time.GetProperty("value").GetInt64(), time.GetProperty("rate").GetDouble());
        }

        Text(range, "OTIO_SCHEMA").ShouldBe("TimeRange.1");
        Time("duration").Rate.ShouldBe(Time("start_time").Rate);
        return (Time("start_time").Value, Time("duration").Value, Time("start_time").Rate);
    }
}
