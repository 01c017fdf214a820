using System.Text.Json;
using Evoke.Curves.Moments;

namespace Evoke.Curves.Export.Markers;

/// <summary>Writes a timeline of OpenTimelineIO (.otio) with the film as its only clip and a marker for each moment.</summary>
/// <remarks>
/// The format is that of AcademySoftwareFoundation/OpenTimelineIO, docs/tutorials/otio-file-format-specification.md and otio-serialized-schema.md. The versions
/// of the schemas are those of its CORE_VERSION_MAP for 0.14.0 (Clip.1, Marker.2), which later versions read and raise to their own.
/// Times are numbers of frames at the film's exact rate, counted in the clip from the timecode that the file gives for its first frame, or from 0.
/// Markers are on the stack of tracks, so they belong to the timeline and are counted from its start. Thread-safe for different streams.
/// </remarks>
public static class OtioExport
{
    private const string Schema = "OTIO_SCHEMA";
    private const string Evoke = "evoke";

    /// <summary>Writes a file.</summary>
    /// <param name="document">The prediction; its moments become markers from start to end, whose peak is in their comment and metadata.</param>
    /// <param name="film">The video. If its <see cref="FilmFile.Location"/> is null, the clip refers to missing media.</param>
    /// <param name="stream">Where to write, UTF-8; left open.</param>
    public static void Write(PredictionDocument document, FilmFile film, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(film);
        using Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true });
        Film written = new(json, document, film);
        json.WriteStartObject();
        json.WriteString(Schema, "Timeline.1");
        written.WriteOrigin();
        json.WriteString("name", MarkerText.OneLine(document.SourceName));
        json.WritePropertyName("global_start_time");
        if (film.Timecode.StartFrame is { } start)
        {
            written.WriteTime(start);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteStartObject("tracks");
        json.WriteString(Schema, "Stack.1");
        WriteItem(json, "tracks");
        written.WriteMarkers();
        json.WriteStartArray("children");
        if (film.HasPicture || !film.HasSound)
        {
            written.WriteTrack("Video");
        }

        if (film.HasSound)
        {
            written.WriteTrack("Audio");
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteItem(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject("metadata");
        json.WriteEndObject();
        json.WriteString("name", name);
        json.WriteNull("source_range");
        WriteEffects(json);
    }

    private static void WriteEffects(Utf8JsonWriter json)
    {
        json.WriteStartArray("effects");
        json.WriteEndArray();
        json.WriteBoolean("enabled", true);
    }

    /// <summary>A film that is being written.</summary>
    private sealed class Film(Utf8JsonWriter json, PredictionDocument document, FilmFile film)
    {
        private readonly Timecode _timecode = film.Timecode;
        private readonly long _frames = Math.Max(1, film.Timecode.FrameAt(document.DurationSeconds));

        public void WriteOrigin()
        {
            json.WriteStartObject("metadata");
            json.WriteStartObject(Evoke);
            json.WriteString("evoke_version", EvokeVersion.Text);
            json.WriteString("model", document.ModelName);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        public void WriteMarkers()
        {
            IReadOnlyList<MarkerColour> colours = MarkerColour.Of(document.Curves.Scheme);
            json.WriteStartArray("markers");
            foreach ((Moment moment, FrameSpan span) in document.Moments.Zip(FrameSpan.Apart(document, _timecode, _frames)))
            {
                string note = MarkerText.Note(moment, _timecode.Text((_timecode.StartFrame ?? 0) + span.Peak));
                json.WriteStartObject();
                json.WriteString(Schema, "Marker.2");
                json.WriteStartObject("metadata");
                json.WriteStartObject(Evoke);
                PredictionJson.WriteMoment(json, moment, document.Curves);
                json.WriteEndObject();
                WriteResolveNote(note);
                json.WriteEndObject();
                json.WriteString("name", MarkerText.Name(document, moment));
                json.WriteString("color", colours[moment.Emotion].Otio);
                json.WritePropertyName("marked_range");
                WriteRange(span.First, span.Count);
                // The name that Marker.1 has for it: the version 0.19 that is in development raises Marker.2 as if it were Marker.1.
                json.WritePropertyName("range");
                WriteRange(span.First, span.Count);
                json.WriteString("comment", note);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        public void WriteTrack(string kind)
        {
            json.WriteStartObject();
            json.WriteString(Schema, "Track.1");
            WriteItem(json, kind);
            WriteNoMarkers();
            json.WriteString("kind", kind);
            json.WriteStartArray("children");
            WriteClip();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        private void WriteClip()
        {
            json.WriteStartObject();
            json.WriteString(Schema, "Clip.1");
            json.WriteStartObject("metadata");
            json.WriteEndObject();
            json.WriteString("name", MarkerText.OneLine(document.SourceName));
            json.WritePropertyName("source_range");
            WriteRange(_timecode.StartFrame ?? 0, _frames);
            WriteEffects(json);
            WriteNoMarkers();
            WriteReference();
            json.WriteEndObject();
        }

        private void WriteReference()
        {
            json.WriteStartObject("media_reference");
            json.WriteString(Schema, film.Url is null ? "MissingReference.1" : "ExternalReference.1");
            json.WriteStartObject("metadata");
            json.WriteEndObject();
            json.WriteString("name", MarkerText.OneLine(document.SourceName));
            json.WritePropertyName("available_range");
            WriteRange(_timecode.StartFrame ?? 0, _frames);
            if (film.Url is { } url)
            {
                json.WriteString("target_url", url);
            }

            json.WriteEndObject();
        }

        // Where DaVinci Resolve keeps the notes of markers in the files that it writes.
        private void WriteResolveNote(string note)
        {
            json.WriteStartObject("Resolve_OTIO");
            json.WriteStartArray("Keywords");
            json.WriteEndArray();
            json.WriteString("Note", note);
            json.WriteEndObject();
        }

        private void WriteNoMarkers()
        {
            json.WriteStartArray("markers");
            json.WriteEndArray();
        }

        private void WriteRange(long first, long count)
        {
            json.WriteStartObject();
            json.WriteString(Schema, "TimeRange.1");
            json.WritePropertyName("duration");
            WriteTime(count);
            json.WritePropertyName("start_time");
            WriteTime(first);
            json.WriteEndObject();
        }

        /// <summary>A number of frames at the film's rate, which is the nearest number to 30000/1001 and not 29.97.</summary>
        public void WriteTime(long frames)
        {
            json.WriteStartObject();
            json.WriteString(Schema, "RationalTime.1");
            json.WriteNumber("rate", _timecode.Rate);
            json.WriteNumber("value", frames);
            json.WriteEndObject();
        }
    }
}
