using System.Buffers.Binary;
using System.Net;
using System.Text;
using System.Text.Json;
using Evoke.Curves;
using Evoke.Curves.Export;
using Evoke.Curves.Moments;
using Evoke.Files;
using Evoke.Pages.Drawing;

namespace Evoke.Pages.Predictions;

/// <summary>Writes a page that shows a prediction: curves, summary, moments, thumbnails. The page is self-contained: it opens from disk, works offline and
/// makes no requests.</summary>
/// <remarks>
/// Names of videos are untrusted: they reach the page as JSON with escaped angle brackets and quotes, and as text, never as markup.
/// The page's content security policy allows its own script and style by hash, pictures from data: URLs, and nothing else.
/// Thread-safe; of several writers of one file the last one wins.
/// </remarks>
public static class HtmlReport
{
    private static readonly Lazy<string> Page = new(() => PageFiles.Text("prediction/page.html"));
    private static readonly Lazy<string> Style = new(() => PageFiles.Style + PageFiles.Text("prediction/page.css"));
    private static readonly Lazy<string> Script = new(() => ModuleBundle.Of("prediction/page.js", PageFiles.Text));

    /// <summary>Writes a file atomically.</summary>
    /// <param name="document">The prediction.</param>
    /// <param name="thumbnails">Pictures of the video at any times, in any order: shown as a strip under the curves, at the pointer, and on the moments nearest
    /// to them. May be empty.</param>
    /// <param name="path">The file's name.</param>
    /// <exception cref="ArgumentException">A thumbnail has a media type that <see cref="HtmlThumbnail"/> does not allow.</exception>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public static void Write(PredictionDocument document, IReadOnlyList<HtmlThumbnail> thumbnails, string path) =>
        AtomicFile.Write(path, stream => Write(document, thumbnails, stream));

    /// <summary>Writes to a stream, which stays open.</summary>
    /// <inheritdoc cref="Write(PredictionDocument, IReadOnlyList{HtmlThumbnail}, string)"/>
    public static void Write(PredictionDocument document, IReadOnlyList<HtmlThumbnail> thumbnails, Stream stream) =>
        Write(document, thumbnails, null, stream);

    /// <summary>Writes the page of a prediction beside that of another cut, to a stream, which stays open.</summary>
    /// <param name="document">The prediction: cut A.</param>
    /// <param name="thumbnails">Pictures of cut A, as for a page without a comparison.</param>
    /// <param name="comparison">Cut B; null for none.</param>
    /// <param name="stream">The stream.</param>
    /// <exception cref="ArgumentException">A thumbnail has a media type that <see cref="HtmlThumbnail"/> does not allow, or the curves of the two cuts differ
    /// in scheme or time grid.</exception>
    public static void Write(PredictionDocument document, IReadOnlyList<HtmlThumbnail> thumbnails, HtmlComparison? comparison, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(thumbnails);
        if (comparison is not null && (!comparison.Curves.Scheme.Equals(document.Curves.Scheme) || comparison.Curves.Grid != document.Curves.Grid))
        {
            throw new ArgumentException("The curves of both cuts must have the same scheme and time grid.", nameof(comparison));
        }

        using StreamWriter output = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        foreach (string piece in Pieces(Page.Value))
        {
            output.Write(piece switch
            {
                "{{CSP}}" => ContentSecurity.PolicyFor(Style.Value, Script.Value),
                "{{TITLE}}" => WebUtility.HtmlEncode($"{document.SourceName} · Evoke"),
                "{{STYLE}}" => Style.Value,
                "{{SCRIPT}}" => Script.Value,
                "{{DATA}}" => Data(document, [.. thumbnails.OrderBy(thumbnail => thumbnail.Seconds)], comparison),
                _ => piece,
            });
        }
    }

    // Alternates between text and {{PLACEHOLDERS}}. Inserted text is not scanned again, so a name that contains a placeholder is not expanded.
    private static IEnumerable<string> Pieces(string template)
    {
        int at = 0;
        for (int open; (open = template.IndexOf("{{", at, StringComparison.Ordinal)) >= 0;)
        {
            int close = template.IndexOf("}}", open, StringComparison.Ordinal) + 2;
            yield return template[at..open];
            yield return template[open..close];
            at = close;
        }

        yield return template[at..];
    }

    private static string Data(PredictionDocument document, IReadOnlyList<HtmlThumbnail> thumbnails, HtmlComparison? comparison)
    {
        using MemoryStream buffer = new();
        // The default encoder writes <, >, & and quotes as \u escapes: nothing can close the script element.
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteString("id", document.VideoId);
            json.WriteString("sourceName", document.SourceName);
            json.WriteNumber("durationSeconds", document.DurationSeconds);
            json.WriteString("model", document.ModelName);
            json.WriteString("recipe", document.ModelRecipe);
            json.WriteString("description", document.ModelDescription);
            json.WriteString("encoders", string.Join(" · ", document.Encoders));
            json.WriteNumber("rate", document.Curves.Grid.Rate.Hertz);
            json.WriteNumber("rows", document.Curves.Grid.Count);
            json.WriteBoolean("hasSpread", document.StandardDeviation is not null);
            WriteStyles(json, document.Curves.Scheme);
            json.WriteBase64String("values", [.. Bytes(document.Curves), .. Bytes(document.StandardDeviation)]);
            WriteLabels(json, document.Labels);
            WriteLabelComparison(json, document.LabelComparison, document.Curves.Scheme);
            WriteComparison(json, comparison);
            json.WritePropertyName("summary");
            JsonSerializer.Serialize(json, document.Measures is null ? null : ShownSummary.Of(document.Measures), JsonSerializerOptions.Web);
            WriteMoments(json, document);
            WriteThumbnails(json, thumbnails);
            json.WriteStartArray("warnings");
            foreach (string warning in document.Warnings)
            {
                json.WriteStringValue(warning);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private static void WriteStyles(Utf8JsonWriter json, EmotionScheme scheme)
    {
        json.WriteStartArray("scheme");
        foreach (string name in scheme.Names)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
        json.WriteStartArray("ranges");
        foreach (CurveRange range in scheme.Ranges)
        {
            json.WriteStartObject();
            json.WriteNumber("low", range.Low);
            json.WriteNumber("high", range.High);
            json.WriteString("unit", range.Unit);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("styles");
        foreach (EmotionStyle style in EmotionColours.Of(scheme))
        {
            json.WriteStartObject();
            json.WriteString("onLight", style.OnLight);
            json.WriteString("onDark", style.OnDark);
            json.WriteStartArray("dash");
            foreach (int length in style.Dash)
            {
                json.WriteNumberValue(length);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLabels(Utf8JsonWriter json, EmotionCurves? labels)
    {
        if (labels is null)
        {
            json.WriteNull("labels");
            return;
        }

        json.WriteBase64String("labels", Bytes(labels.WithMissingGaps()));
    }

    private static void WriteLabelComparison(Utf8JsonWriter json, LabelComparison? comparison, EmotionScheme scheme)
    {
        if (comparison is null)
        {
            json.WriteNull("comparison");
            return;
        }

        if (comparison.Spread is { } spread)
        {
            json.WriteBase64String("labelSpread", Bytes(spread));
        }

        json.WriteStartObject("comparison");
        json.WriteString("source", comparison.Source);
        json.WriteStartArray("scores");
        foreach (LabelScore score in comparison.Scores)
        {
            json.WriteStartObject();
            json.WriteNumber("emotion", scheme.IndexOf(score.Emotion));
            json.WriteNumber("rows", score.Rows);
            WriteNumber(json, "pearson", score.Pearson);
            WriteNumber(json, "ccc", score.Ccc);
            WriteNumber(json, "raters", score.Raters);
            WriteNumber(json, "ceilingLow", score.CeilingLow);
            WriteNumber(json, "ceilingHigh", score.CeilingHigh);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
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

    private static void WriteComparison(Utf8JsonWriter json, HtmlComparison? comparison)
    {
        if (comparison is null)
        {
            json.WriteNull("other");
            return;
        }

        json.WriteStartObject("other");
        json.WriteString("sourceName", comparison.SourceName);
        json.WriteString("align", comparison.Alignment);
        json.WriteBase64String("values", Bytes(comparison.Curves));
        json.WriteEndObject();
    }

    private static byte[] Bytes(EmotionCurves? curves) => curves is null ? [] : Bytes(curves.Values);

    // float32, little-endian, base64: exact, and a quarter of the size of decimal text.
    private static byte[] Bytes(ReadOnlySpan<float> values)
    {
        byte[] bytes = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        }

        return bytes;
    }

    private static void WriteMoments(Utf8JsonWriter json, PredictionDocument document)
    {
        TimeGrid grid = document.Curves.Grid;
        json.WriteStartArray("moments");
        foreach (Moment moment in document.Moments)
        {
            json.WriteStartObject();
            json.WriteString("emotion", document.Curves.Scheme.Names[moment.Emotion]);
            json.WriteString("kind", moment.Kind.Name());
            json.WriteNumber("startSeconds", grid.SecondsAt(moment.StartStep));
            json.WriteNumber("seconds", grid.SecondsAt(moment.Step));
            json.WriteNumber("endSeconds", grid.SecondsAt(moment.EndStep));
            json.WriteNumber("value", moment.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteThumbnails(Utf8JsonWriter json, IReadOnlyList<HtmlThumbnail> thumbnails)
    {
        json.WriteStartArray("thumbnails");
        foreach (HtmlThumbnail thumbnail in thumbnails)
        {
            json.WriteStartObject();
            json.WriteNumber("seconds", thumbnail.Seconds);
            json.WriteString("src", thumbnail.ToDataAddress());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
