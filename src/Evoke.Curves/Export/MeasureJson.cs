using System.Text.Json;
using Evoke.Curves.Films;
using Evoke.Curves.Measures;

namespace Evoke.Curves.Export;

/// <summary>Writes the measures of a video, and what they are made of, as members of a JSON document. Members that are not known are omitted.</summary>
internal static class MeasureJson
{
    /// <summary>Writes <c>film</c>, <c>strongest_origin</c>, <c>measures</c>, <c>missing_measures</c> and <c>norm</c> into the current object.</summary>
    public static void Write(Utf8JsonWriter json, PredictionDocument document)
    {
        if (document.Film is { } film)
        {
            WriteFilm(json, film);
        }

        if (document.StrongestOrigin is { } origin)
        {
            json.WriteStartObject("strongest_origin");
            json.WriteNumber("from_picture", origin.FromPicture);
            json.WriteNumber("from_sound", origin.FromSound);
            json.WriteEndObject();
        }

        if (document.Measures is { } list)
        {
            WriteList(json, list);
        }
    }

    private static void WriteFilm(Utf8JsonWriter json, FilmTrack film)
    {
        json.WriteStartObject("film");
        json.WriteNumber("rate_hz", film.Rate.Hertz);
        if (film.Cuts is { } cuts)
        {
            json.WriteNumber("cuts", film.CutCount ?? cuts.Length);
            json.WritePropertyName("cut_steps");
            json.WriteRawValue($"[{string.Join(',', cuts)}]", skipInputValidation: true);
        }

        if (film.Loudness is { } loudness)
        {
            json.WritePropertyName("loudness_db");
            json.WriteRawValue(PredictionJson.Compact([.. loudness.Select(level => (float)level)]), skipInputValidation: true);
        }

        if (film.Speech is { } speech)
        {
            json.WritePropertyName("speech_share");
            json.WriteRawValue(PredictionJson.Compact([.. speech.Select(share => (float)share)]), skipInputValidation: true);
        }

        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, MeasureList list)
    {
        json.WriteStartObject("measures");
        foreach (Measure measure in list.Measures)
        {
            json.WriteStartObject(measure.Key);
            json.WriteString("name", measure.Name);
            json.WriteNumber("value", measure.Value);
            json.WriteString("unit", measure.Unit);
            if (measure.Curve is not null)
            {
                json.WriteString("curve", measure.Curve);
            }

            WriteNumber(json, "start_seconds", measure.StartSeconds);
            WriteNumber(json, "end_seconds", measure.EndSeconds);
            WriteNumber(json, "at_seconds", measure.AtSeconds);
            if (measure.ComparedTo is { } reference)
            {
                json.WriteStartObject("compared_to");
                json.WriteString("name", reference.Name);
                json.WriteNumber("value", reference.Value);
                json.WriteEndObject();
            }

            WriteStanding(json, measure);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartObject("missing_measures");
        foreach (MissingMeasure missing in list.Missing)
        {
            json.WriteString(missing.Key, missing.Reason);
        }

        json.WriteEndObject();
        if (list.Norm is not null)
        {
            json.WriteString("norm", list.Norm);
        }
    }

    private static void WriteStanding(Utf8JsonWriter json, Measure measure)
    {
        if (measure.Standing is { } standing)
        {
            json.WriteNumber("percentile", standing.Percentile);
            json.WriteNumber("norm_videos", standing.Videos);
        }
        else if (measure.NoStanding is { } reason)
        {
            json.WriteString("no_percentile", reason);
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } known)
        {
            json.WriteNumber(name, known);
        }
    }
}
