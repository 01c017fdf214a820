using System.Globalization;
using Evoke.Files;
using Evoke.Files.Text;
using Evoke.Insights.Breaks;

namespace Evoke.Cli.Breaks;

/// <summary>Places for people and spreadsheets.</summary>
internal static class BreakText
{
    /// <summary>Prints a table for each video.</summary>
    public static void Write(BreakReport report, TextWriter output)
    {
        foreach (VideoBreaks video in report.Videos)
        {
            output.WriteLine($"{ShownText.OneLine(video.Video)}: {Quantity.Of(video.Places.Length, "place")}");
            if (video.Note is not null)
            {
                output.WriteLine($"  {video.Note}");
            }

            if (!video.Places.IsEmpty)
            {
                output.WriteLine($"  {"rank",4}{"time",10}{"score",8}{"arousal before",16}{"after",8}{"level",12}");
            }

            foreach (BreakPlace place in video.Places)
            {
                string level = place.Decibels is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known:0.0} dB") : "unknown";
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {place.Rank,4}{TimeOf(place.Seconds),10}{place.Score,8:0.00}{place.ArousalBefore,16:0.00}{place.ArousalAfter,8:0.00}{level,12}"));
            }
        }
    }

    /// <summary>Writes one row for each place.</summary>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public static void WriteCsv(BreakReport report, string path) =>
        BreakCsv.Write(path, report.Videos.SelectMany(video => video.Places.Select(place => (video.Id, place))));

    // 1:02:03, 2:03; with tenths where the second is not whole.
    private static string TimeOf(double seconds)
    {
        TimeSpan time = TimeSpan.FromSeconds(seconds);
        string text = time.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time:mm\\:ss}")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes}:{time:ss}");
        return time.Milliseconds == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text}.{time.Milliseconds / 100}");
    }
}
