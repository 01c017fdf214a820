using System.Globalization;
using Evoke.Curves.Moments;
using Evoke.Files.Text;

namespace Evoke.Curves.Export.Markers;

/// <summary>Writes moments as markers for editing and annotation programs.</summary>
/// <remarks>Thread-safe for different streams.</remarks>
public static class MarkerExport
{
    // Editing programs start a new timeline at one hour.
    private const int TimelineStartHour = 1;

    /// <summary>
    /// Writes a CMX 3600 edit decision list with one marker for each moment, as DaVinci Resolve imports (Timelines, Import, Timeline Markers from EDL).
    /// </summary>
    /// <remarks>
    /// A comment " |C:ResolveColorSand |M:elation peak 0.800 |D:50" follows each event: colour, name and number of frames, as in the lists that Resolve
    /// exports. Resolve keeps one marker for each frame, so no two begin on one.
    /// </remarks>
    /// <param name="document">The prediction; its moments become markers from start to end.</param>
    /// <param name="timecode">How the film's frames are counted. If its file has no start timecode, they start at one hour, as timelines do.</param>
    /// <param name="stream">Where to write, UTF-8; left open.</param>
    public static void WriteEdl(PredictionDocument document, Timecode timecode, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(timecode);
        long origin = timecode.StartFrame ?? timecode.FrameOf(TimelineStartHour, 0, 0, 0);
        IReadOnlyList<MarkerColour> colours = MarkerColour.Of(document.Curves.Scheme);
        using StreamWriter writer = MarkerText.Writer(stream);
        writer.Write($"TITLE: {MarkerText.OneLine(document.SourceName)}\nFCM: {(timecode.IsDropFrame ? "DROP" : "NON-DROP")} FRAME\n\n");
        int number = 0;
        foreach ((Moment moment, FrameSpan span) in document.Moments.Zip(FrameSpan.Apart(document, timecode)))
        {
            string from = timecode.Text(origin + span.First);
            string to = timecode.Text(origin + span.After);
            string label = MarkerText.Name(document, moment).Replace('|', '/');
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{++number:000}  001      V     C        {from} {to} {from} {to}\n"));
            writer.Write(string.Create(
                CultureInfo.InvariantCulture, $" |C:ResolveColor{colours[moment.Emotion].Resolve} |M:{label} {moment.Value:0.000} |D:{span.Count}\n\n"));
        }
    }

    /// <summary>Writes one line for each moment: name, description, in, out and duration as timecodes, and the same in seconds.</summary>
    /// <param name="document">The prediction.</param>
    /// <param name="timecode">How the film's frames are counted. If its file has no start timecode, they start at 0.</param>
    /// <param name="stream">Where to write, UTF-8; left open.</param>
    public static void WriteCsv(PredictionDocument document, Timecode timecode, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(timecode);
        long origin = timecode.StartFrame ?? 0;
        using StreamWriter writer = MarkerText.Writer(stream);
        writer.Write("Marker Name,Description,In,Out,Duration,Marker Type,Peak (seconds),In (seconds),Out (seconds),Value,Prominence\n");
        foreach (Moment moment in document.Moments)
        {
            TimeGrid grid = document.Curves.Grid;
            (double start, double peak, double end) = (grid.SecondsAt(moment.StartStep), grid.SecondsAt(moment.Step), grid.SecondsAt(moment.EndStep));
            FrameSpan span = FrameSpan.Of(document, moment, timecode);
            string times = $"{timecode.Text(origin + span.First)},{timecode.Text(origin + span.After)},{timecode.Text(span.Count)}";
            writer.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{Quoted(MarkerText.Name(document, moment))},{Quoted(document.ModelName)},{times},Comment,{peak:0.###},{start:0.###},{end:0.###},"
                + $"{moment.Value:0.0000},{moment.Prominence:0.0000}\n"));
        }
    }

    /// <summary>Writes tab-delimited text for ELAN (File, Import, CSV / Tab-delimited Text): tier, begin and end in milliseconds, annotation.</summary>
    /// <param name="document">The prediction; each emotion becomes a tier.</param>
    /// <param name="stream">Where to write, UTF-8; left open.</param>
    public static void WriteElan(PredictionDocument document, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(document);
        using StreamWriter writer = MarkerText.Writer(stream);
        writer.Write("Tier\tBegin Time - msec\tEnd Time - msec\tAnnotation\n");
        foreach (Moment moment in document.Moments)
        {
            TimeGrid grid = document.Curves.Grid;
            long begin = (long)Math.Round(grid.SecondsAt(moment.StartStep) * 1000);
            // ELAN drops annotations without a duration.
            long end = Math.Max(begin + 1, (long)Math.Round(grid.SecondsAt(moment.EndStep) * 1000));
            string tier = MarkerText.OneLine(document.Curves.Scheme.Names[moment.Emotion]);
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{tier}\t{begin}\t{end}\t{moment.Kind.Name()} {moment.Value:0.000}\n"));
        }
    }

    private static string Quoted(string text) =>
        $"\"{SpreadsheetText.Escape(MarkerText.OneLine(text)).Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
