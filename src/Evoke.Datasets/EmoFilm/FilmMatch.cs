using System.Collections.Immutable;
using System.Globalization;
using Evoke.Datasets.Checking;

namespace Evoke.Datasets.EmoFilm;

/// <summary>A film of Emo-FilM and the user's file of it.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Film">The film.</param>
/// <param name="Found">The file; null if there is none.</param>
/// <param name="State">How they fit.</param>
public sealed record FilmMatch(RatedFilm Film, InventoryEntry? Found, FilmMatchState State)
{
    private const double ToleranceSeconds = 3;
    private const double MostTimesAsLong = 1.5; // A film with its credits.

    /// <summary>True if the file gets labels.</summary>
    public bool IsUsed => State is FilmMatchState.Matched or FilmMatchState.Longer or FilmMatchState.Unchecked;

    /// <summary>What to know of the match, in a few words.</summary>
    public string Message => State switch
    {
        FilmMatchState.Matched => "matched",
        FilmMatchState.Longer => string.Create(
            CultureInfo.InvariantCulture,
            $"matched, {Found!.DurationSeconds - Film.Seconds:0} s longer: these have no labels. Check that it starts where the rated film does"),
        FilmMatchState.Unchecked => "matched by name; a length is not known",
        FilmMatchState.WrongLength => string.Create(
            CultureInfo.InvariantCulture, $"not used: expected {Film.Seconds} s, with credits up to {LongestOf(Film):0} s"),
        _ => "missing",
    };

    /// <summary>Finds the films among files by their names, and of several files the one whose length fits best.</summary>
    /// <param name="files">The files with their lengths.</param>
    /// <param name="films">The films to find.</param>
    /// <returns>One match for each film.</returns>
    public static ImmutableArray<FilmMatch> Of(IReadOnlyList<InventoryEntry> files, IReadOnlyList<RatedFilm> films)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(films);
        List<InventoryEntry> free = [.. files];
        ImmutableArray<FilmMatch>.Builder matches = ImmutableArray.CreateBuilder<FilmMatch>(films.Count);
        foreach (RatedFilm film in films)
        {
            FilmMatch match = free.Where(file => IsNamed(film, file))
                .Select(file => new FilmMatch(film, file, StateOf(film, file)))
                .OrderBy(found => found.State).ThenBy(found => Math.Abs((found.Found!.DurationSeconds - film.Seconds) ?? 0))
                .FirstOrDefault() ?? new FilmMatch(film, null, FilmMatchState.Missing);
            if (match.IsUsed)
            {
                free.Remove(match.Found!);
            }

            matches.Add(match);
        }

        return matches.MoveToImmutable();
    }

    /// <summary>The missing film that is as long as a file of another name, to the second; null if there is none, or more than one.</summary>
    public static RatedFilm? AsLongAs(InventoryEntry file, IEnumerable<FilmMatch> matches)
    {
        ArgumentNullException.ThrowIfNull(file);
        RatedFilm[] found = [.. matches.Where(match => match.State == FilmMatchState.Missing).Select(match => match.Film)
            .Where(film => Math.Abs((file.DurationSeconds - film.Seconds) ?? double.MaxValue) <= 1)];
        return found.Length == 1 ? found[0] : null;
    }

    private static FilmMatchState StateOf(RatedFilm film, InventoryEntry file) => (file.DurationSeconds - film.Seconds) switch
    {
        null => FilmMatchState.Unchecked,
        >= -ToleranceSeconds and <= ToleranceSeconds => FilmMatchState.Matched,
        > 0 when file.DurationSeconds <= LongestOf(film) => FilmMatchState.Longer,
        _ => FilmMatchState.WrongLength,
    };

    private static double? LongestOf(RatedFilm film) => film.Seconds * MostTimesAsLong;

    // "01 Tears of Steel (1080p)" is TearsOfSteel; "secret_number" is TheSecretNumber.
    private static bool IsNamed(RatedFilm film, InventoryEntry file)
    {
        string name = Letters(film.Name);
        return Letters(file.Video.VideoId).Contains(name.StartsWith("the", StringComparison.Ordinal) ? name[3..] : name, StringComparison.Ordinal);
    }

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
