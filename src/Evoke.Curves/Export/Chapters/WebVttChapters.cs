using System.Globalization;
using System.Text;
using Evoke.Curves.Export.Markers;

namespace Evoke.Curves.Export.Chapters;

/// <summary>Writes chapters as a WebVTT track for players: <c>&lt;track kind="chapters"></c> (https://www.w3.org/TR/webvtt1/#introduction-chapters).</summary>
/// <remarks>Thread-safe for different streams.</remarks>
public static class WebVttChapters
{
    private const double MillisecondsPerSecond = 1000;

    /// <summary>Writes one cue for each chapter, from its start to that of the next or to the end of the video. Together they fill the video.</summary>
    /// <remarks>
    /// Times are in milliseconds. A chapter that begins at or after the end is left out, as is one that begins with another. If the first begins later
    /// than 0, a chapter "opening" is put before it.
    /// </remarks>
    /// <param name="chapters">The chapters, in any order.</param>
    /// <param name="durationSeconds">Length of the video in seconds.</param>
    /// <param name="stream">Where to write, UTF-8; left open.</param>
    public static void Write(IEnumerable<Chapter> chapters, double durationSeconds, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(chapters);
        long end = Math.Max(1, (long)Math.Floor(durationSeconds * MillisecondsPerSecond));
        IReadOnlyList<(long Start, string Title)> plan = ChapterPlan.Of(chapters, end, least: 1, MillisecondsPerSecond);
        using StreamWriter writer = MarkerText.Writer(stream);
        writer.WriteLine("WEBVTT");
        for (int i = 0; i < plan.Count; i++)
        {
            writer.WriteLine();
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"chapter-{i + 1}"));
            writer.WriteLine($"{ClockText.Of(plan[i].Start)} --> {ClockText.Of(i + 1 < plan.Count ? plan[i + 1].Start : end)}");
            writer.WriteLine(Escaped(plan[i].Title));
        }
    }

    // An empty line would end the cue before its title; "-->" and tags are escaped with their brackets.
    private static string Escaped(string title) => MarkerText.OneLine(title).Trim() is { Length: > 0 } text
        ? new StringBuilder(text).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").ToString()
        : "-";
}
