namespace Evoke.Curves.Export.Chapters;

/// <summary>Chapters with the gaps that a format asks for.</summary>
internal static class ChapterPlan
{
    /// <summary>The title of a chapter that is put at the start of a video because the first one begins later.</summary>
    public const string Opening = "opening";

    /// <summary>
    /// Chapters in order of time that fill a video from its start, each at least <paramref name="least"/> long. One that begins less than that after the
    /// one before is left out, and so is one that begins less than that before the end. If the first begins later than at 0, one called
    /// <see cref="Opening"/> is put before it, or it begins at 0 where there is no room for another.
    /// </summary>
    /// <param name="chapters">The chapters, in any order.</param>
    /// <param name="duration">Length of the video in the unit of times.</param>
    /// <param name="least">The shortest chapter, at least 1.</param>
    /// <param name="unit">Units per second: chapters begin at whole ones, rounded down.</param>
    public static IReadOnlyList<(long Start, string Title)> Of(IEnumerable<Chapter> chapters, long duration, long least, double unit)
    {
        List<(long Start, string Title)> kept = [];
        foreach ((long start, string title) in chapters.Select(chapter => (At(chapter, unit), chapter.Title)).OrderBy(chapter => chapter.Item1))
        {
            if (kept.Count == 0)
            {
                if (start >= least && duration - start >= least)
                {
                    kept.Add((0, Opening));
                }
                else
                {
                    kept.Add((0, start < least ? title : Opening));
                    continue;
                }
            }

            if (start - kept[^1].Start >= least && duration - start >= least)
            {
                kept.Add((start, title));
            }
        }

        return kept;
    }

    // Up to a millionth of a unit before a whole one counts as it: times have rounding errors.
    private static long At(Chapter chapter, double unit) => (long)Math.Floor((Math.Max(0, chapter.StartSeconds) * unit) + 1e-6);
}
