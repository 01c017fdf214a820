using Evoke.Curves.Export.Markers;
using Evoke.Curves.Moments;

namespace Evoke.Curves.Export.Chapters;

/// <summary>Makes chapters of the moments of a prediction.</summary>
/// <remarks>Thread-safe: without state.</remarks>
public static class MomentChapters
{
    /// <summary>The least time between the starts of two chapters, and between the last one and the end, in seconds.</summary>
    public const double LeastSeconds = 10;

    /// <summary>
    /// A chapter at the start of the video, called "opening", and one where each moment begins, called as its marker: "elation peak". Of moments that begin
    /// less than <see cref="LeastSeconds"/> apart the strongest counts; a moment in the first or last <see cref="LeastSeconds"/> begins none.
    /// </summary>
    /// <param name="document">The prediction.</param>
    /// <returns>In order of time; at least one.</returns>
    public static IReadOnlyList<Chapter> Of(PredictionDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        List<Chapter> chapters = [new(0, ChapterPlan.Opening)];
        foreach (Moment moment in document.Moments.OrderByDescending(moment => moment.Strength))
        {
            double start = document.Curves.Grid.SecondsAt(moment.StartStep);
            if (document.DurationSeconds - start >= LeastSeconds && chapters.TrueForAll(other => Math.Abs(other.StartSeconds - start) >= LeastSeconds))
            {
                chapters.Add(new Chapter(start, MarkerText.Name(document, moment)));
            }
        }

        return [.. chapters.OrderBy(chapter => chapter.StartSeconds)];
    }
}
