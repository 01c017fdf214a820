using System.Buffers;
using System.Text.Json;
using Evoke.Curves.Moments;

namespace Evoke.Curves.Export;

/// <summary>The parts shared by the JSON document and the JSON payloads of the WebVTT cues.</summary>
internal static class PredictionJson
{
    /// <summary>Writes members of the current object: <c>video</c>, <c>model</c>, <c>emotions</c>, <c>ranges</c>, <c>warnings</c>.</summary>
    public static void WriteProvenance(Utf8JsonWriter json, PredictionDocument document)
    {
        json.WriteStartObject("video");
        json.WriteString("id", document.VideoId);
        json.WriteString("source", document.SourceName);
        json.WriteNumber("duration_seconds", document.DurationSeconds);
        json.WriteEndObject();
        json.WriteStartObject("model");
        json.WriteString("name", document.ModelName);
        json.WriteString("recipe", document.ModelRecipe);
        if (document.ModelSha256.Length > 0)
        {
            json.WriteString("sha256", document.ModelSha256);
        }

        json.WriteString("description", document.ModelDescription);
        WriteStrings(json, "encoders", document.Encoders);
        json.WriteEndObject();
        WriteStrings(json, "emotions", document.Curves.Scheme.Names);
        WriteRanges(json, document.Curves.Scheme);
        WriteStrings(json, "warnings", document.Warnings);
    }

    private static void WriteRanges(Utf8JsonWriter json, EmotionScheme scheme)
    {
        json.WriteStartObject("ranges");
        foreach ((string name, CurveRange range) in scheme.Names.Zip(scheme.Ranges))
        {
            json.WriteStartObject(name);
            json.WriteNumber("low", range.Low);
            json.WriteNumber("high", range.High);
            json.WriteString("unit", range.Unit);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>Writes one moment as members of the current object.</summary>
    public static void WriteMoment(Utf8JsonWriter json, Moment moment, EmotionCurves curves)
    {
        json.WriteString("emotion", curves.Scheme.Names[moment.Emotion]);
        json.WriteString("kind", moment.Kind.Name());
        json.WriteNumber("start_seconds", curves.Grid.SecondsAt(moment.StartStep));
        json.WriteNumber("peak_seconds", curves.Grid.SecondsAt(moment.Step));
        json.WriteNumber("end_seconds", curves.Grid.SecondsAt(moment.EndStep));
        WriteValue(json, "value", moment.Value);
        WriteValue(json, "prominence", moment.Prominence);
        json.WriteNumber("strength", moment.Strength);
    }

    /// <summary>Writes a number, or null if JSON cannot represent it.</summary>
    public static void WriteValue(Utf8JsonWriter json, string name, float value)
    {
        json.WritePropertyName(name);
        WriteValue(json, value);
    }

    /// <summary>Writes a number, or null if there is none or JSON cannot represent it.</summary>
    public static void WriteValue(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>Writes an array of numbers on one line.</summary>
    public static ReadOnlySpan<byte> Compact(ReadOnlySpan<float> values)
    {
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter json = new(buffer);
        json.WriteStartArray();
        foreach (float value in values)
        {
            WriteValue(json, value);
        }

        json.WriteEndArray();
        json.Flush();
        return buffer.WrittenSpan;
    }

    private static void WriteValue(Utf8JsonWriter json, float value)
    {
        if (float.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
