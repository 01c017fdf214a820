using System.Text.Json;
using Evoke.Curves.Moments;
using Evoke.Files;

namespace Evoke.Curves.Export;

/// <summary>Writes a prediction as one JSON document: curves by emotion, summary, moments and their origin.</summary>
/// <remarks>
/// Keys are snake_case, times are in seconds, values are shortest round-trip numbers. Members that do not apply are omitted
/// (<c>standard_deviation</c>, <c>labels</c> and what follows from them, <c>film</c>, <c>strongest_origin</c>, <c>measures</c>); a value that is not finite is
/// <c>null</c>. Thread-safe; of several writers of one file the last one wins.
/// </remarks>
public static class JsonExport
{
    /// <summary>Version of the layout, written as <c>version</c>; increased when a reader of the older layout would be misled.</summary>
    public const int Version = 1;

    /// <summary>Writes a file atomically.</summary>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public static void Write(PredictionDocument document, string path) => AtomicFile.Write(path, stream => Write(document, stream));

    /// <summary>Writes to a stream, which stays open.</summary>
    public static void Write(PredictionDocument document, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(document);
        using Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("format", "evoke.prediction");
        json.WriteNumber("version", Version);
        PredictionJson.WriteProvenance(json, document);
        json.WriteNumber("rate_hz", document.Curves.Grid.Rate.Hertz);
        json.WriteNumber("steps", document.Curves.Grid.Count);
        WriteCurves(json, "curves", document.Curves);
        if (document.StandardDeviation is not null)
        {
            WriteCurves(json, "standard_deviation", document.StandardDeviation);
        }

        if (document.Labels is not null)
        {
            WriteCurves(json, "labels", document.Labels);
        }

        if (document.LabelComparison is { } comparison)
        {
            WriteComparison(json, comparison);
        }

        WriteSummary(json, document.Curves);
        MeasureJson.Write(json, document);
        json.WriteStartArray("moments");
        foreach (Moment moment in document.Moments)
        {
            json.WriteStartObject();
            PredictionJson.WriteMoment(json, moment, document.Curves);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCurves(Utf8JsonWriter json, string name, EmotionCurves curves)
    {
        json.WriteStartObject(name);
        for (int emotion = 0; emotion < curves.Scheme.Count; emotion++)
        {
            // One long line per emotion: indented, an hour of 15 emotions would be 324,000 lines.
            json.WritePropertyName(curves.Scheme.Names[emotion]);
            json.WriteRawValue(PredictionJson.Compact(curves.Column(emotion)), skipInputValidation: true);
        }

        json.WriteEndObject();
    }

    private static void WriteComparison(Utf8JsonWriter json, LabelComparison comparison)
    {
        if (comparison.Spread is { } spread)
        {
            WriteCurves(json, "labels_standard_deviation", spread);
        }

        json.WriteString("labels_source", comparison.Source);
        json.WriteStartObject("label_scores");
        foreach (LabelScore score in comparison.Scores)
        {
            json.WriteStartObject(score.Emotion);
            json.WriteNumber("rows", score.Rows);
            PredictionJson.WriteValue(json, "pearson", score.Pearson);
            if (score.PearsonDetectedOnly is { } detected)
            {
                PredictionJson.WriteValue(json, "pearson_detected_only", detected);
            }

            PredictionJson.WriteValue(json, "ccc", score.Ccc);
            if (score.Raters is { } raters)
            {
                json.WriteNumber("raters", raters);
                PredictionJson.WriteValue(json, "ceiling_low", score.CeilingLow);
                PredictionJson.WriteValue(json, "ceiling_high", score.CeilingHigh);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteSummary(Utf8JsonWriter json, EmotionCurves curves)
    {
        if (curves.Grid.Count == 0)
        {
            return;
        }

        json.WriteStartObject("summary");
        foreach (EmotionSummary summary in EmotionSummary.Of(curves))
        {
            json.WriteStartObject(summary.Emotion);
            PredictionJson.WriteValue(json, "mean", summary.Mean);
            PredictionJson.WriteValue(json, "peak", summary.Peak);
            json.WriteNumber("peak_seconds", summary.PeakSeconds);
            PredictionJson.WriteValue(json, "opening", summary.Opening);
            PredictionJson.WriteValue(json, "middle", summary.Middle);
            PredictionJson.WriteValue(json, "end", summary.End);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
