using System.Collections.Immutable;
using Evoke.Curves.Export;
using Evoke.Curves.Films;
using Evoke.Insights.Summaries;

namespace Evoke.Insights.Breaks;

/// <summary>Finds places for ad breaks and chapters: cuts in quiet passages at which arousal falls.</summary>
/// <remarks>docs/decisions.md has the formula. A place is a suggestion: nothing is known of what is said or shown there. Thread-safe: without state.</remarks>
public static class BreakFinder
{
    private const double SilentDecibels = -60;

    /// <summary>Finds the places of a video.</summary>
    /// <param name="document">Its prediction, with a curve of the name "arousal".</param>
    /// <param name="track">Its cuts and loudness; null if they are not known.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public static BreakList Find(PredictionDocument document, FilmTrack? track, BreakOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        options ??= new BreakOptions();
        options.Validate();
        int column = document.Curves.Scheme.IndexOf(VideoSummary.ArousalCurve);
        if (column < 0)
        {
            return None("The model has no curve of arousal, so where arousal falls is not known.");
        }

        if (track?.Cuts is not { } cuts)
        {
            return None("The cuts are not known: there is no picture, or the model does not read Evoke's own descriptors of it (visual-lld).");
        }

        if (cuts.IsEmpty)
        {
            return None("No cut was found.");
        }

        SummarizedCurve arousal = new(document, column);
        Falls falls = new(arousal, options.FallSeconds);
        Quiet? quiet = track.Loudness is { Length: > 0 } loudness ? new Quiet(loudness) : null;
        ImmutableArray<BreakPlace> places = Choose(cuts.Select(cut => PlaceAt(cut, track, document.DurationSeconds, falls, quiet, options)), options);
        string? note = places.IsEmpty ? "No cut is in a quiet passage in which arousal falls, far enough from the ends of the video."
            : quiet is null ? "The loudness is not known or there is no sound: the places are cuts at which arousal falls, quiet or not."
            : null;
        return new BreakList(places, note);
    }

    private static BreakList None(string note) => new([], note);

    private static BreakPlace? PlaceAt(int cut, FilmTrack track, double durationSeconds, Falls falls, Quiet? quiet, BreakOptions options)
    {
        double start = cut / track.Rate.Hertz, end = (cut + 1) / track.Rate.Hertz;
        if (start < options.EdgeSeconds || end > durationSeconds - options.EdgeSeconds || falls.At(start) is not { } fall || fall.Before <= fall.After)
        {
            return null;
        }

        double? level = quiet?.LevelAt(cut);
        if (level > quiet?.Mean - options.QuietDecibels && level >= SilentDecibels)
        {
            return null;
        }

        double falling = falls.ShareBelow(fall.Before - fall.After);
        return new BreakPlace
        {
            Rank = 0,
            Seconds = start,
            EndSeconds = Math.Min(end, durationSeconds),
            Score = quiet is null ? falling : Math.Sqrt(falling * quiet.ShareLouderThan(cut)),
            Decibels = level,
            ArousalBefore = fall.Before,
            ArousalAfter = fall.After,
        };
    }

    private static ImmutableArray<BreakPlace> Choose(IEnumerable<BreakPlace?> places, BreakOptions options)
    {
        List<BreakPlace> chosen = [];
        foreach (BreakPlace place in places.OfType<BreakPlace>().OrderByDescending(place => place.Score).ThenBy(place => place.Seconds))
        {
            if (chosen.Count < options.Limit && chosen.TrueForAll(other => Math.Abs(other.Seconds - place.Seconds) >= options.GapSeconds))
            {
                chosen.Add(place with { Rank = chosen.Count + 1 });
            }
        }

        return [.. chosen];
    }
}
