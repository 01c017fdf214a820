using System.Globalization;
using Evoke.Curves.Export.Chapters;

namespace Evoke.Insights.Breaks;

/// <summary>Makes chapters of places for breaks.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class BreakChapters
{
    /// <summary>One from the start of the video to the first place, one from each place to the next: "Chapter 1", "Chapter 2", …</summary>
    /// <param name="places">The places, in any order.</param>
    /// <returns>In order of time; at least one.</returns>
    public static IReadOnlyList<Chapter> Of(IEnumerable<BreakPlace> places)
    {
        ArgumentNullException.ThrowIfNull(places);
        return
        [
            .. places.Select(place => place.Seconds).Where(seconds => seconds > 0).Prepend(0).Order()
                .Select((seconds, i) => new Chapter(seconds, string.Create(CultureInfo.InvariantCulture, $"Chapter {i + 1}"))),
        ];
    }
}
