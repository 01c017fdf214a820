using System.Globalization;
using Evoke.Curves.Csv;
using Evoke.Files;

namespace Evoke.Insights.Breaks;

/// <summary>Places for breaks as a table: a row for each. docs/decisions.md defines the columns.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class BreakCsv
{
    private static readonly string[] s_columns =
    [
        "video", "rank", "seconds", "end_seconds", "score", "decibels", "arousal_before", "arousal_after",
    ];

    /// <summary>Writes a file, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="places">The places, each with what its video is called.</param>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<(string Video, BreakPlace Place)> places) =>
        CsvTable.Write(path, s_columns, Rows(places), firstNumber: 1);

    /// <summary>Writes the places of one video to a stream, which stays open.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="video">What the video is called.</param>
    /// <param name="places">Its places.</param>
    public static void Write(Stream stream, string video, IEnumerable<BreakPlace> places) =>
        CsvTable.Write(stream, s_columns, Rows(places.Select(place => (video, place))), firstNumber: 1);

    private static IEnumerable<string[]> Rows(IEnumerable<(string Video, BreakPlace Place)> places) => places.Select(one => new[]
    {
        one.Video, Number(one.Place.Rank), Number(one.Place.Seconds), Number(one.Place.EndSeconds), Number(one.Place.Score), Number(one.Place.Decibels),
        Number(one.Place.ArousalBefore), Number(one.Place.ArousalAfter),
    });

    private static string Number(double? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
