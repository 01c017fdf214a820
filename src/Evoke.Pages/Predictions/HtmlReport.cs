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

/// <summary>One page that shows a prediction: curves, moments, thumbnails. Self-contained: it opens from a disk, offline, and asks nobody for anything.</summary>
/// <remarks>
/// Names of videos are hostile until shown otherwise: they reach the page as JSON whose angle brackets and quotes are escaped, and as text, never as markup.
/// The page's content security policy allows its own script and style by their hashes, pictures from data: addresses, and nothing else.
/// </remarks>
public static class HtmlReport
{
    private static readonly Lazy<string> Page = new(() => Asset("page.html"));
    private static readonly Lazy<string> Style = new(() => Asset("page.css"));
    private static readonly Lazy<string> Script = new(() => Asset("page.js"));

    /// <summary>Writes a file, whole or not at all.</summary>
    /// <param name="document">What is shown.</param>
    /// <param name="thumbnails">Pictures of the video at any times, in any order: shown as a strip under the curves, at the pointer, and, the nearest, on moments. May be empty.</param>
    /// <param name="path">The file's name.</param>
    /// <exception cref="ArgumentException">A thumbnail is of another media type than its documentation lists.</exception>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public static void Write(PredictionDocument document, IReadOnlyList<HtmlThumbnail> thumbnails, string path) =>
        AtomicFile.Write(path, stream => Write(document, thumbnails, stream));

    /// <summary>Writes to a stream, which stays open.</summary>
    /// <inheritdoc cref="Write(PredictionDocument, IReadOnlyList{HtmlThumbnail}, string)"/>
    public static void Write(PredictionDocument document, IReadOnlyList<HtmlThumbnail> thumbnails, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(thumbnails);
        using StreamWriter output = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        foreach (string piece in Pieces(Page.Value))
        {
            output.Write(piece switch
            {
                "{{CSP}}" => ContentSecurity.PolicyFor(Style.Value, Script.Value),
                "{{TITLE}}" => WebUtility.HtmlEncode($"{document.SourceName} · Evoke"),
                "{{STYLE}}" => Style.Value,
                "{{SCRIPT}}" => Script.Value,
                "{{DATA}}" => Data(document, [.. thumbnails.OrderBy(thumbnail => thumbnail.Seconds)]),
                _ => piece,
            });
        }
    }

    // Text and {{MARKS}} in turn. A name that contains a mark is never looked at again, so it cannot be filled in.
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

    private static string Data(PredictionDocument document, IReadOnlyList<HtmlThumbnail> thumbnails)
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
            json.WriteNumber("rate", document.Curves.Grid.Rate);
            json.WriteNumber("steps", document.Curves.Grid.Count);
            WriteEmotions(json, document.Curves.Scheme);
            WriteCurves(json, "values", document.Curves);
            WriteCurves(json, "deviation", document.StandardDeviation);
            WriteCurves(json, "labels", document.Labels, rowsOfZerosAreGaps: true);
            WriteMoments(json, document, thumbnails);
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

    private static void WriteEmotions(Utf8JsonWriter json, EmotionScheme scheme)
    {
        json.WriteStartArray("emotions");
        foreach ((string name, EmotionStyle style) in scheme.Names.Zip(EmotionColours.Of(scheme)))
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("light", style.OnLight);
            json.WriteString("dark", style.OnDark);
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

    // float32, little-endian, base64: exact, and a quarter of the size of decimal text.
    private static void WriteCurves(Utf8JsonWriter json, string name, EmotionCurves? curves, bool rowsOfZerosAreGaps = false)
    {
        if (curves is null)
        {
            json.WriteNull(name);
            return;
        }

        byte[] bytes = new byte[curves.Values.Length * sizeof(float)];
        int emotions = curves.Scheme.Count;
        for (int i = 0; i < curves.Values.Length; i++)
        {
            bool isGap = rowsOfZerosAreGaps && !curves.Row(i / emotions).ContainsAnyExcept(0f);
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), isGap ? float.NaN : curves.Values[i]);
        }

        json.WriteBase64String(name, bytes);
    }

    private static void WriteMoments(Utf8JsonWriter json, PredictionDocument document, IReadOnlyList<HtmlThumbnail> thumbnails)
    {
        json.WriteStartArray("moments");
        foreach (Moment moment in document.Moments)
        {
            json.WriteStartObject();
            json.WriteNumber("emotion", moment.Emotion);
            json.WriteString("kind", moment.Kind == MomentKind.Peak ? "peak" : "dip");
            json.WriteNumber("start", moment.StartStep);
            json.WriteNumber("step", moment.Step);
            json.WriteNumber("end", moment.EndStep);
            json.WriteNumber("value", moment.Value);
            json.WriteNumber("thumbnail", Nearest(thumbnails, document.Curves.Grid.SecondsAt(moment.Step)));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static int Nearest(IReadOnlyList<HtmlThumbnail> thumbnails, double seconds)
    {
        int nearest = -1;
        for (int i = 0; i < thumbnails.Count; i++)
        {
            if (nearest < 0 || Math.Abs(thumbnails[i].Seconds - seconds) < Math.Abs(thumbnails[nearest].Seconds - seconds))
            {
                nearest = i;
            }
        }

        return nearest;
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

    private static string Asset(string name)
    {
        using Stream stream = typeof(HtmlReport).Assembly.GetManifestResourceStream($"Predictions/{name}")
            ?? throw new InvalidOperationException($"The assembly was built without its resource Predictions/{name}.");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
