using System.Globalization;
using System.Text;
using Evoke.Curves.Moments;
using Evoke.Files.Text;

namespace Evoke.Curves.Export.Markers;

/// <summary>Writes moments as markers for editing and annotation programs.</summary>
/// <remarks>Thread-safe for different streams.</remarks>
public static class MarkerExport
{
    // Editing programs start a new timeline at one hour.
    private const int TimelineStartHour = 1;

    // Marker colours of DaVinci Resolve, by group: the nearest to the colours of the curves.
    private static string ResolveColor(EmotionGroup group) => group switch
    {
        EmotionGroup.Pleasant => "ResolveColorYellow",
        EmotionGroup.Unpleasant => "ResolveColorRed",
        EmotionGroup.Engaged => "ResolveColorBlue",
        _ => "ResolveColorCream",
    };

    /// <summary>
    /// Writes a CMX 3600 edit decision list with one marker for each moment, as DaVinci Resolve imports (Timelines, Import, Timeline Markers from EDL).
    /// </summary>
    /// <param name="document">The prediction; its moments become markers from start to end.</param>
    /// <param name="timecode">How the film's frames are counted. If its file has no start timecode, they start at one hour, as timelines do.</param>
    /// <param name="stream">Where to write, UTF-8; left open.</param>
    public static void WriteEdl(PredictionDocument document, Timecode timecode, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(timecode);
        long origin = timecode.StartFrame ?? timecode.FrameOf(TimelineStartHour, 0, 0, 0);
        using StreamWriter writer = Writer(stream);
        writer.Write($"TITLE: {OneLine(document.SourceName)}\nFCM: {(timecode.IsDropFrame ? "DROP" : "NON-DROP")} FRAME\n\n");
        int number = 0;
        foreach (Moment moment in document.Moments)
        {
            string emotion = document.Curves.Scheme.Names[moment.Emotion];
            (long start, long end) = Frames(document, moment, timecode);
            string from = timecode.Text(origin + start);
            string to = timecode.Text(origin + end);
            string label = $"{OneLine(emotion).Replace('|', '/')} {moment.Kind.Name()}";
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{++number:000}  001      V     C        {from} {to} {from} {to}\n"));
            writer.Write(string.Create(
                CultureInfo.InvariantCulture, $" |C:{ResolveColor(EmotionGroups.Of(emotion))} |M:{label} {moment.Value:0.000} |D:{end - start}\n\n"));
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
        using StreamWriter writer = Writer(stream);
        writer.Write("Marker Name,Description,In,Out,Duration,Marker Type,Peak (seconds),In (seconds),Out (seconds),Value,Prominence\n");
        foreach (Moment moment in document.Moments)
        {
            TimeGrid grid = document.Curves.Grid;
            (double start, double peak, double end) = (grid.SecondsAt(moment.StartStep), grid.SecondsAt(moment.Step), grid.SecondsAt(moment.EndStep));
            (long first, long after) = Frames(document, moment, timecode);
            string name = $"{document.Curves.Scheme.Names[moment.Emotion]} {moment.Kind.Name()}";
            string times = $"{timecode.Text(origin + first)},{timecode.Text(origin + after)},{timecode.Text(after - first)}";
            writer.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{Quoted(name)},{Quoted(document.ModelName)},{times},Comment,{peak:0.###},{start:0.###},{end:0.###},"
                + $"{moment.Value:0.0000},{moment.Prominence:0.0000}\n"));
        }
    }

    /// <summary>Writes tab-delimited text for ELAN (File, Import, CSV / Tab-delimited Text): tier, begin and end in milliseconds, annotation.</summary>
    /// <param name="document">The prediction; each emotion becomes a tier.</param>
    /// <param name="stream">Where to write, UTF-8; left open.</param>
    public static void WriteElan(PredictionDocument document, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(document);
        using StreamWriter writer = Writer(stream);
        writer.Write("Tier\tBegin Time - msec\tEnd Time - msec\tAnnotation\n");
        foreach (Moment moment in document.Moments)
        {
            TimeGrid grid = document.Curves.Grid;
            long begin = (long)Math.Round(grid.SecondsAt(moment.StartStep) * 1000);
            // ELAN drops annotations without a duration.
            long end = Math.Max(begin + 1, (long)Math.Round(grid.SecondsAt(moment.EndStep) * 1000));
            string tier = OneLine(document.Curves.Scheme.Names[moment.Emotion]);
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{tier}\t{begin}\t{end}\t{moment.Kind.Name()} {moment.Value:0.000}\n"));
        }
    }

    // From the frame on screen at the start to the one on screen at the end; a marker lasts at least a frame.
    private static (long First, long After) Frames(PredictionDocument document, Moment moment, Timecode timecode)
    {
        TimeGrid grid = document.Curves.Grid;
        long first = timecode.FrameAt(grid.SecondsAt(moment.StartStep));
        return (first, Math.Max(first + 1, timecode.FrameAt(grid.SecondsAt(moment.EndStep))));
    }

    private static StreamWriter Writer(Stream stream) => new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);


    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));

    private static string Quoted(string text) =>
        $"\"{SpreadsheetText.Escape(OneLine(text)).Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
