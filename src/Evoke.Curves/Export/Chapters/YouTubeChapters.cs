using System.Globalization;
using System.Text;
using Evoke.Curves.Export.Markers;

namespace Evoke.Curves.Export.Chapters;

/// <summary>Writes chapters as lines for the description of a video on YouTube: "0:00 opening".</summary>
/// <remarks>
/// YouTube makes chapters of them only if the first begins at 0:00, there are at least three, in order of time, and each lasts at least 10 seconds
/// (YouTube Help, "Video chapters": https://support.google.com/youtube/answer/9884579). A description must not contain '&lt;' or '>'. Thread-safe for different
/// streams.
/// </remarks>
public static class YouTubeChapters
{
    /// <summary>The fewest chapters.</summary>
    public const int Fewest = 3;

    /// <summary>The shortest chapter, in seconds.</summary>
    public const int ShortestSeconds = 10;

    /// <summary>Why YouTube would show no chapters; null if it would.</summary>
    /// <param name="chapters">The chapters, in any order.</param>
    /// <param name="durationSeconds">Length of the video in seconds.</param>
    /// <returns>A clause: "YouTube shows chapters only if …".</returns>
    public static string? FindObstacle(IEnumerable<Chapter> chapters, double durationSeconds)
    {
        ArgumentNullException.ThrowIfNull(chapters);
        int count = Plan(chapters, durationSeconds).Count;
        if (count >= Fewest)
        {
            return null;
        }

        string rule = string.Create(
            CultureInfo.InvariantCulture, $"YouTube shows chapters only if there are at least {Fewest} of at least {ShortestSeconds} s");
        return durationSeconds < Fewest * ShortestSeconds
            ? string.Create(CultureInfo.InvariantCulture, $"{rule}; the video has {Math.Max(0, durationSeconds):0.#} s")
            : string.Create(CultureInfo.InvariantCulture, $"{rule}; found {count}");
    }

    /// <summary>Writes one line for each chapter: its time in minutes and seconds (or hours, minutes and seconds) and its title.</summary>
    /// <remarks>
    /// Times are rounded down to seconds. A chapter that would begin less than 10 s after the one before, or less than 10 s before the end, is left out. If the
    /// first begins later than 0:00, a chapter "opening" is put before it; if it begins less than 10 s later, it begins at 0:00 instead.
    /// </remarks>
    /// <param name="chapters">The chapters, in any order.</param>
    /// <param name="durationSeconds">Length of the video in seconds.</param>
    /// <param name="stream">Where to write, UTF-8; left open.</param>
    /// <exception cref="ChaptersException">YouTube would show no chapters; nothing was written.</exception>
    public static void Write(IEnumerable<Chapter> chapters, double durationSeconds, Stream stream)
    {
        Chapter[] all = [.. chapters];
        if (FindObstacle(all, durationSeconds) is { } obstacle)
        {
            throw new ChaptersException(obstacle);
        }

        using StreamWriter writer = MarkerText.Writer(stream);
        foreach ((long start, string title) in Plan(all, durationSeconds))
        {
            writer.WriteLine($"{Clock(start)} {Shown(title)}");
        }
    }

    private static IReadOnlyList<(long Start, string Title)> Plan(IEnumerable<Chapter> chapters, double durationSeconds) =>
        ChapterPlan.Of(chapters, (long)Math.Floor(Math.Max(0, durationSeconds)), ShortestSeconds, unit: 1);

    private static string Clock(long seconds) => seconds < 3600
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}:{seconds % 60:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}");

    private static string Shown(string title) => new StringBuilder(MarkerText.OneLine(title).Trim()).Replace('<', '‹').Replace('>', '›').ToString();
}
