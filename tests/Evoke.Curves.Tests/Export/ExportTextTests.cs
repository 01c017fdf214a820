using System.Text;
using System.Text.Json;
using Evoke.Curves.Export;
using Evoke.Curves.Moments;
using Evoke.Testing;

namespace Evoke.Curves.Tests.Export;

/// <summary>What the exports say, member by member and line by line.</summary>
public sealed class ExportTextTests
{
    private static readonly EmotionCurves Curves = Made.Curves(2, ("joy", [0, 0.5f, 1]), ("fear", [1, 0.25f, float.NaN]));
    private static readonly Moment Peak = new(0, MomentKind.Peak, 1, 2, 2, 1, 0.75f) { Strength = 1.5 };

    private static PredictionDocument Document => Made.Document(Curves, Peak) with
    {
        ModelRecipe = "recipe",
        ModelDescription = "A model.",
        Encoders = ["one", "two"],
        Warnings = ["no sound"],
    };

    [Fact]
    public void TheJsonDocumentHasTheseMembersInThisOrder()
    {
        JsonElement json = Json(Document);
        Names(json).ShouldBe(
            ["format", "version", "video", "model", "emotions", "ranges", "warnings", "rate_hz", "steps", "curves", "summary", "moments"], ignoreOrder: false);
        Same(json, "format", "\"evoke.prediction\"");
        Same(json, "version", "1");
        Same(json, "video", """{"id":"v","source":"film.mp4","duration_seconds":10}""");
        Same(json, "model", """{"name":"model","recipe":"recipe","description":"A model.","encoders":["one","two"]}""");
        Same(json, "emotions", """["joy","fear"]""");
        Same(json, "warnings", """["no sound"]""");
        Same(json, "rate_hz", "2");
        Same(json, "steps", "3");
        Same(json, "curves", """{"joy":[0,0.5,1],"fear":[1,0.25,null]}""");
        Same(json, "moments", """
            [{"emotion":"joy","kind":"peak","start_seconds":0.5,"peak_seconds":1,"end_seconds":1,"value":1,"prominence":0.75,"strength":1.5}]
            """);
        Same(json.GetProperty("summary"), "joy", """{"mean":0.5,"peak":1,"peak_seconds":1,"opening":0,"middle":0.5,"end":1}""");
        Names(json.GetProperty("summary")).ShouldBe(["joy", "fear"]);
    }

    [Fact]
    public void WhatIsUnknownIsEmptyOrLeftOut()
    {
        JsonElement json = Json(Made.Document(Made.Joy(1, 1)));
        Same(json, "model", """{"name":"model","recipe":"","description":"","encoders":[]}""");
        Same(json, "moments", "[]");
        Same(json, "warnings", "[]");
        JsonElement none = Json(Made.Document(Made.Joy(1)));
        none.TryGetProperty("summary", out _).ShouldBeFalse("nothing can be summarised");
        Same(none, "curves", """{"joy":[]}""");
    }

    [Fact]
    public void LabelsAndStandardDeviationsAreCurvesToo()
    {
        JsonElement json = Json(Document with { Labels = Made.Joy(2, 0, 1, 0), StandardDeviation = Made.Joy(2, 0.5f, 0.25f, 0) });
        Same(json, "standard_deviation", """{"joy":[0.5,0.25,0]}""");
        Same(json, "labels", """{"joy":[0,1,0]}""");
    }

    [Fact]
    public void AWebVttFileIsTheseLines()
    {
        Moment last = new(0, MomentKind.Peak, 1, 1, 1, 1, 1) { Strength = 2 };
        PredictionDocument document = Made.Document(Made.Joy(2, 0, 1), last) with { DurationSeconds = 0.8 };
        string[] blocks = Text(document, WebVttExport.Write).Split("\n\n");
        blocks.Length.ShouldBe(5);
        blocks[0].ShouldBe("WEBVTT");
        blocks[1].ShouldStartWith("""
            video
            00:00:00.000 --> 00:00:01.000
            {"video":{"id":"v","source":"film.mp4","duration_seconds":0.8},"model":{"name":"model",
            """.ReplaceLineEndings("\n"));
        blocks[2].ShouldBe("""
            step-0
            00:00:00.000 --> 00:00:00.500
            {"emotions":{"joy":0}}
            """.ReplaceLineEndings("\n"));
        blocks[3].ShouldBe("""
            moment-1
            00:00:00.500 --> 00:00:01.000
            {"moment":{"emotion":"joy","kind":"peak","start_seconds":0.5,"peak_seconds":0.5,"end_seconds":0.5,"value":1,"prominence":1,"strength":2}}
            """.ReplaceLineEndings("\n"));
        blocks[4].ShouldBe("""
            step-1
            00:00:00.500 --> 00:00:01.000
            {"emotions":{"joy":1}}

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void TheCueOfTheVideoLastsAsLongAsItOrItsCurves()
    {
        Text(Made.Document(Made.Joy(2, 0, 1)), WebVttExport.Write).ShouldContain("video\n00:00:00.000 --> 00:00:10.000\n");
        Text(Made.Document(Made.Joy(1, new float[4000])), WebVttExport.Write).ShouldContain("video\n00:00:00.000 --> 01:06:40.000\n");
        Text(Made.Document(Made.Joy(1, new float[4000])), WebVttExport.Write).ShouldContain("step-3725\n01:02:05.000 --> 01:02:06.000\n");
    }

    [Fact]
    public void ACueLastsAtLeastAMillisecond()
    {
        string text = Text(Made.Document(Made.Joy(4000, 0, 0, 0)), WebVttExport.Write);
        text.ShouldContain("step-0\n00:00:00.000 --> 00:00:00.001\n");
        text.ShouldContain("step-1\n00:00:00.000 --> 00:00:00.001\n");
        text.ShouldContain("step-2\n00:00:00.000 --> 00:00:00.001\n");
    }

    [Fact]
    public void StreamsStayOpenAndFilesHoldTheSame()
    {
        using TemporaryFolder folder = new();
        using MemoryStream stream = new();
        JsonExport.Write(Document, stream);
        JsonExport.Write(Document, folder.File("a.json"));
        stream.CanWrite.ShouldBeTrue();
        File.ReadAllBytes(folder.File("a.json")).ShouldBe(stream.ToArray());
        stream.SetLength(0);
        WebVttExport.Write(Document, stream);
        WebVttExport.Write(Document, folder.File("a.vtt"));
        stream.CanWrite.ShouldBeTrue();
        stream.ToArray()[0].ShouldBe((byte)'W', "without a byte order mark");
        File.ReadAllBytes(folder.File("a.vtt")).ShouldBe(stream.ToArray());
    }

    [Fact]
    public void NoDocumentIsAnError()
    {
        Should.Throw<ArgumentNullException>(() => JsonExport.Write(null!, new MemoryStream())).ParamName.ShouldBe("document");
        Should.Throw<ArgumentNullException>(() => WebVttExport.Write(null!, new MemoryStream())).ParamName.ShouldBe("document");
    }

    [Fact]
    public void EachCurveIsOneLine()
    {
        string text = Text(Document, JsonExport.Write);
        text.ShouldContain("\"joy\": [0,0.5,1]");
        text.Split('\n').Length.ShouldBeGreaterThan(20, "the rest is indented");
    }

    private static string Text(PredictionDocument document, Action<PredictionDocument, Stream> write)
    {
        using MemoryStream stream = new();
        write(document, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static JsonElement Json(PredictionDocument document) => JsonSerializer.Deserialize<JsonElement>(Text(document, JsonExport.Write));

    private static string[] Names(JsonElement json) => [.. json.EnumerateObject().Select(member => member.Name)];

    private static void Same(JsonElement json, string name, string expected) =>
        JsonSerializer.Serialize(json.GetProperty(name)).ShouldBe(JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(expected)));
}
