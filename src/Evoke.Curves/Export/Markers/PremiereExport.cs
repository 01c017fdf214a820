using System.Text;
using Evoke.Curves.Moments;
using Evoke.Files.Text;

namespace Evoke.Curves.Export.Markers;

/// <summary>Writes moments as a marker list in the form that Adobe Premiere Pro exports (File, Export, Markers).</summary>
/// <remarks>
/// Adobe documents the command and not the file. The form is that of exported files as programs that read them describe them: UTF-16 with a byte-order mark,
/// tabs between columns and after the last one, and in drop-frame timecodes ';' between all numbers
/// (https://github.com/SubtitleEdit/subtitleedit/pull/13731). Thread-safe for different streams.
/// </remarks>
public static class PremiereExport
{
    /// <summary>Writes one line for each moment: name, description, in, out and duration as timecodes, and the type "Comment".</summary>
    /// <param name="document">The prediction; its moments become markers from start to end, whose peak is in the description.</param>
    /// <param name="timecode">How the film's frames are counted. If its file has no start timecode, they start at 0, as sequences do.</param>
    /// <param name="stream">Where to write; left open.</param>
    public static void Write(PredictionDocument document, Timecode timecode, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(timecode);
        long origin = timecode.StartFrame ?? 0;
        using StreamWriter writer = new(stream, new UnicodeEncoding(bigEndian: false, byteOrderMark: true), leaveOpen: true);
        writer.Write("Marker Name\tDescription\tIn\tOut\tDuration\tMarker Type\t\n");
        foreach (Moment moment in document.Moments)
        {
            FrameSpan span = FrameSpan.Of(document, moment, timecode);
            writer.Write($"{SpreadsheetText.Escape(MarkerText.Name(document, moment))}\t{MarkerText.Note(moment, At(origin + span.Peak))}");
            writer.Write($"\t{At(origin + span.First)}\t{At(origin + span.After)}\t{At(span.Count)}\tComment\t\n");
        }

        string At(long frames) => timecode.IsDropFrame ? timecode.Text(frames).Replace(':', ';') : timecode.Text(frames);
    }
}
