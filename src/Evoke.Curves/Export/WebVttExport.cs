using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Evoke.Curves.Moments;
using Evoke.Files;

namespace Evoke.Curves.Export;

/// <summary>
/// Writes a prediction as a WebVTT metadata track: a player passes each cue's JSON to its page at the right time
/// (https://www.w3.org/TR/webvtt1/#introduction-metadata).
/// </summary>
/// <remarks>
/// The cue <c>video</c> spans the whole video and names the model and encoders; the cues from <c>moment-1</c> on span one moment each;
/// the cues from <c>step-0</c> on span one step each and give every emotion's value: <c>{"emotions":{"amusement":0.12,…}}</c>.
/// Cues are in order of their start, as the format requires. A payload is one line and never contains "-->".
/// Thread-safe; of several writers of one file the last one wins.
/// </remarks>
public static class WebVttExport
{
    /// <summary>Writes a file atomically.</summary>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public static void Write(PredictionDocument document, string path) => AtomicFile.Write(path, stream => Write(document, stream));

    /// <summary>Writes to a stream, which stays open.</summary>
    public static void Write(PredictionDocument document, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(document);
        using StreamWriter text = new(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        text.WriteLine("WEBVTT");
        foreach (Cue cue in Cues(document).OrderBy(cue => cue.StartMilliseconds))
        {
            text.WriteLine();
            text.WriteLine(cue.Id);
            text.WriteLine($"{ClockText.Of(cue.StartMilliseconds)} --> {ClockText.Of(cue.EndMilliseconds)}");
            text.WriteLine(Payload(cue.Write));
        }
    }

    private static IEnumerable<Cue> Cues(PredictionDocument document)
    {
        EmotionCurves curves = document.Curves;
        // A step lasts until the next: a moment that ends at a step ends on screen when the next step starts.
        double end = Math.Max(document.DurationSeconds, curves.Grid.SecondsAt(curves.Grid.Count));
        yield return Cue.Between("video", 0, end, json => PredictionJson.WriteProvenance(json, document));
        for (int i = 0; i < document.Moments.Count; i++)
        {
            Moment moment = document.Moments[i];
            string id = string.Create(CultureInfo.InvariantCulture, $"moment-{i + 1}");
            yield return Cue.Between(id, curves.Grid.SecondsAt(moment.StartStep), curves.Grid.SecondsAt(moment.EndStep + 1), json =>
            {
                json.WriteStartObject("moment");
                PredictionJson.WriteMoment(json, moment, curves);
                json.WriteEndObject();
            });
        }

        for (int k = 0; k < curves.Grid.Count; k++)
        {
            int step = k;
            string id = string.Create(CultureInfo.InvariantCulture, $"step-{step}");
            yield return Cue.Between(id, curves.Grid.SecondsAt(step), curves.Grid.SecondsAt(step + 1), json => WriteStep(json, curves, step));
        }
    }

    private static void WriteStep(Utf8JsonWriter json, EmotionCurves curves, int step)
    {
        json.WriteStartObject("emotions");
        for (int emotion = 0; emotion < curves.Scheme.Count; emotion++)
        {
            PredictionJson.WriteValue(json, curves.Scheme.Names[emotion], curves[step, emotion]);
        }

        json.WriteEndObject();
    }

    private static string Payload(Action<Utf8JsonWriter> write)
    {
        // The writer's default encoder escapes '>', so that no payload contains the "-->" that would end it.
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private readonly record struct Cue(string Id, long StartMilliseconds, long EndMilliseconds, Action<Utf8JsonWriter> Write)
    {
        /// <summary>Ensures that a cue ends after it starts, even if both round to the same millisecond.</summary>
        public static Cue Between(string id, double startSeconds, double endSeconds, Action<Utf8JsonWriter> write)
        {
            long start = (long)Math.Round(startSeconds * 1000);
            return new Cue(id, start, Math.Max(start + 1, (long)Math.Round(endSeconds * 1000)), write);
        }
    }
}
