using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Evoke.Curves.Export;
using Evoke.Curves.Moments;
using Evoke.Files;
using Evoke.Testing;

namespace Evoke.Curves.Tests.Export;

public sealed partial class ExportTests
{
    private static readonly EmotionScheme s_scheme = new(["joy", "fear, \"sudden\" --> cold"]);

    [Fact]
    public void JsonTellsEverythingOfThePrediction()
    {
        PredictionDocument document = Document();
        JsonElement json = JsonOf(document);
        json.GetProperty("format").GetString().ShouldBe("evoke.prediction");
        json.GetProperty("video").GetProperty("id").GetString().ShouldBe(document.VideoId);
        json.GetProperty("video").GetProperty("source").GetString().ShouldBe("clip.mp4");
        json.GetProperty("model").GetProperty("encoders").EnumerateArray().Select(name => name.GetString()).ShouldBe(["visual-lld", "audio-lld"]);
        json.GetProperty("emotions").EnumerateArray().Select(name => name.GetString()).ShouldBe(s_scheme.Names);
        json.GetProperty("rate_hz").GetDouble().ShouldBe(6);
        json.GetProperty("steps").GetInt32().ShouldBe(60);
        json.GetProperty("warnings").EnumerateArray().Single().GetString().ShouldBe("no sound");
        for (int emotion = 0; emotion < s_scheme.Count; emotion++)
        {
            Numbers(json.GetProperty("curves").GetProperty(s_scheme.Names[emotion])).ShouldBe(document.Curves.Column(emotion));
            Numbers(json.GetProperty("standard_deviation").GetProperty(s_scheme.Names[emotion])).ShouldBe(document.StandardDeviation!.Column(emotion));
        }

        JsonElement moment = json.GetProperty("moments")[0];
        moment.GetProperty("emotion").GetString().ShouldBe(s_scheme.Names[document.Moments[0].Emotion]);
        moment.GetProperty("kind").GetString().ShouldBe(document.Moments[0].Kind == MomentKind.Peak ? "peak" : "dip");
        moment.GetProperty("peak_seconds").GetDouble().ShouldBe(document.Moments[0].Step / 6.0);
        json.GetProperty("summary").GetProperty("joy").GetProperty("peak").GetSingle().ShouldBe(document.Curves.Column(0).Max());
        json.TryGetProperty("labels", out _).ShouldBeFalse();
    }

    [Fact]
    public void JsonTellsTheRangeOfEachCurve()
    {
        EmotionScheme scheme = new(["joy", "valence"], [CurveRange.ZeroToOne, new CurveRange(-1, 9, "points")]);
        PredictionDocument document = Document() with
        {
            Curves = new EmotionCurves(scheme, new TimeGrid(new Rate(1), 1), [1, 2]),
            StandardDeviation = null,
            Moments = [],
        };
        JsonElement ranges = JsonOf(document).GetProperty("ranges");
        ranges.GetProperty("joy").GetRawText().ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal).ShouldBe("""{"low":0,"high":1,"unit":""}""");
        ranges.GetProperty("valence").GetProperty("low").GetDouble().ShouldBe(-1);
        ranges.GetProperty("valence").GetProperty("high").GetDouble().ShouldBe(9);
        ranges.GetProperty("valence").GetProperty("unit").GetString().ShouldBe("points");
    }

    [Fact]
    public void JsonSaysNullForWhatIsNoNumber()
    {
        EmotionCurves curves = new(new EmotionScheme(["joy"]), new TimeGrid(new Rate(1), 2), [float.NaN, 1]);
        PredictionDocument document = Document() with { Curves = curves, StandardDeviation = null, Moments = [] };
        JsonOf(document).GetProperty("curves").GetProperty("joy")[0].ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void WebVttCuesAreInOrderAndCarryJson()
    {
        PredictionDocument document = Document();
        List<Cue> cues = CuesOf(document);
        cues.Count.ShouldBe(1 + document.Moments.Count + document.Curves.Grid.Count);
        cues.Select(cue => cue.Start).ShouldBe(cues.Select(cue => cue.Start).Order());
        cues.ShouldAllBe(cue => cue.End > cue.Start);
        Cue step = cues.Single(cue => cue.Id == "step-7");
        (step.Start, step.End).ShouldBe((1.167, 1.333));
        step.Payload.GetProperty("emotions").GetProperty("joy").GetSingle().ShouldBe(document.Curves[7, 0]);
        cues.Single(cue => cue.Id == "video").Payload.GetProperty("model").GetProperty("name").GetString().ShouldBe("test");
        cues.Single(cue => cue.Id == "moment-1").Payload.GetProperty("moment").GetProperty("emotion").GetString()
            .ShouldBe(s_scheme.Names[document.Moments[0].Emotion]);
    }

    [Fact]
    public void WebVttTellsTheHours()
    {
        EmotionCurves curves = new(new EmotionScheme(["joy"]), new TimeGrid(new Rate(0.001), 13), new float[13]);
        PredictionDocument document = Document() with { Curves = curves, Moments = [] };
        CuesOf(document).Single(cue => cue.Id == "step-12").Start.ShouldBe(12_000);
    }

    [Fact]
    public void NumbersArePlainWhateverTheCulture()
    {
        (string json, string vtt) invariant = (Text(JsonExport.Write), Text(WebVttExport.Write));
        using CommaCulture comma = new();
        Text(JsonExport.Write).ShouldBe(invariant.json);
        Text(WebVttExport.Write).ShouldBe(invariant.vtt);
    }

    [Fact]
    public void AFailedWriteLeavesTheOldFileAndNothingElse()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("curves.json");
        File.WriteAllText(path, "old");
        Should.Throw<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException("on the way");
        }));
        File.ReadAllText(path).ShouldBe("old");
        Directory.GetFiles(folder.Path).ShouldBe([path]);
    }

    [Fact]
    public void AFileThatCannotBeWrittenIsNamed()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("occupied"), "");
        string path = Path.Combine(folder.File("occupied"), "curves.json");
        Should.Throw<FileWriteException>(() => JsonExport.Write(Document(), path)).Message.ShouldContain(path);
    }

    private static PredictionDocument Document()
    {
        float[] values = [.. Enumerable.Range(0, 60).SelectMany(step => new[] { 0.5f + (0.5f * MathF.Sin(step / 6f)), 0.01f * step })];
        EmotionCurves curves = new(s_scheme, new TimeGrid(new Rate(6), 60), values);
        return new PredictionDocument
        {
            VideoId = "clip \"A\" --> B",
            SourceName = "clip.mp4",
            DurationSeconds = 9.9,
            ModelName = "test",
            ModelDescription = "Nothing but a test.",
            Encoders = ["visual-lld", "audio-lld"],
            Curves = curves,
            StandardDeviation = new EmotionCurves(s_scheme, curves.Grid, [.. values.Select(value => value / 10)]),
            Moments = MomentFinder.Find(curves),
            Warnings = ["no sound"],
        };
    }

    private static string Text(Action<PredictionDocument, Stream> write) => Text(Document(), write);

    private static string Text(PredictionDocument document, Action<PredictionDocument, Stream> write)
    {
        using MemoryStream stream = new();
        write(document, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static JsonElement JsonOf(PredictionDocument document) => JsonSerializer.Deserialize<JsonElement>(Text(document, JsonExport.Write));

    private static float[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetSingle())];

    private static List<Cue> CuesOf(PredictionDocument document)
    {
        string[] blocks = Text(document, WebVttExport.Write).TrimEnd('\n').Split("\n\n");
        blocks[0].ShouldBe("WEBVTT");
        return [.. blocks.Skip(1).Select(block =>
        {
            string[] lines = block.Split('\n');
            lines.Length.ShouldBe(3);
            Match times = TimeLine().Match(lines[1]);
            times.Success.ShouldBeTrue(lines[1]);
            lines[2].ShouldNotContain("-->");
            return new Cue(lines[0], Seconds(times.Groups[1].Value), Seconds(times.Groups[2].Value), JsonSerializer.Deserialize<JsonElement>(lines[2]));
        })];
    }

    private static double Seconds(string time) => TimeSpan.ParseExact(time, @"hh\:mm\:ss\.fff", CultureInfo.InvariantCulture).TotalSeconds;

    [GeneratedRegex(@"^(\d\d:\d\d:\d\d\.\d{3}) --> (\d\d:\d\d:\d\d\.\d{3})$")]
    private static partial Regex TimeLine();

    private sealed record Cue(string Id, double Start, double End, JsonElement Payload);
}
