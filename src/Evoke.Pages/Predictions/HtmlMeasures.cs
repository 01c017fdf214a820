using System.Text.Json;
using Evoke.Curves.Measures;

namespace Evoke.Pages.Predictions;

/// <summary>Writes the measures of a video into the data of its page.</summary>
internal static class HtmlMeasures
{
    public static void Write(Utf8JsonWriter json, MeasureList? list)
    {
        if (list is null)
        {
            json.WriteNull("summary");
            return;
        }

        json.WriteStartObject("summary");
        json.WriteString("norm", list.Norm);
        json.WriteStartArray("measures");
        foreach (Measure measure in list.Measures)
        {
            json.WriteStartObject();
            json.WriteString("key", measure.Key);
            json.WriteString("name", measure.Name);
            json.WriteNumber("value", measure.Value);
            json.WriteString("unit", measure.Unit);
            json.WriteBoolean("curveValue", measure.Scale is not null);
            json.WriteString("curve", measure.Curve);
            WriteNumber(json, "startSeconds", measure.StartSeconds);
            WriteNumber(json, "endSeconds", measure.EndSeconds);
            WriteNumber(json, "atSeconds", measure.AtSeconds);
            WriteReference(json, measure.ComparedTo);
            WriteNumber(json, "percentile", measure.Standing?.Percentile);
            WriteNumber(json, "normVideos", measure.Standing?.Videos);
            json.WriteString("noStanding", measure.NoStanding);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("missing");
        foreach (MissingMeasure missing in list.Missing)
        {
            json.WriteStartObject();
            json.WriteString("key", missing.Key);
            json.WriteString("name", missing.Name);
            json.WriteString("reason", missing.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteReference(Utf8JsonWriter json, MeasureReference? reference)
    {
        if (reference is null)
        {
            json.WriteNull("reference");
            return;
        }

        json.WriteStartObject("reference");
        json.WriteString("name", reference.Name);
        json.WriteNumber("value", reference.Value);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
