using System.Collections.Immutable;

namespace Evoke.Datasets.Ratings;

/// <summary>Finds videos whose names look like parts of one film: "heat_clip1" and "heat_clip2".</summary>
internal static class FilmParts
{
    private const int FilmsInNotes = 3;
    private const int MostDigits = 4;

    private static readonly char[] s_separators = [' ', '_', '-', '.'];
    private static readonly string[] s_parts = ["clip", "part", "pt", "scene", "segment", "seg", "excerpt", "chunk", "run", "cut"];

    // What a numbered list of videos is called tells nothing about films.
    private static readonly HashSet<string> s_lists = new(
        [.. s_parts, "video", "vid", "film", "movie", "trailer", "stimulus", "stim", "trial", "item"], StringComparer.OrdinalIgnoreCase);

    /// <summary>A note if such parts are both in the training and in the validation videos; nothing otherwise.</summary>
    public static IEnumerable<string> Notes(ImmutableArray<string> videos, ImmutableArray<string> validation)
    {
        HashSet<string> isValidation = [.. validation];
        IGrouping<string, string>[] films =
        [
            .. videos.Select(video => (Video: video, Film: FilmOf(video))).Where(part => part.Film is not null)
                .GroupBy(part => part.Film!, part => part.Video, StringComparer.OrdinalIgnoreCase),
        ];
        string[] divided = [.. films.Where(film => film.Any(isValidation.Contains) && !film.All(isValidation.Contains)).Select(film => $"'{film.Key}'")];
        if (films.Length < 2 || divided.Length == 0)
        {
            return []; // Numbers after one and the same name are those of a list.
        }

        string more = divided.Length > FilmsInNotes ? ", …" : "";
        return
        [
            $"Videos whose names look like parts of one film are both in {RatingFolder.Train} and in {RatingFolder.Validation} "
            + $"({string.Join(", ", divided.Take(FilmsInNotes))}{more}): the validation scores may be too good. "
            + "If they are parts of one film, keep them together with --group-by or --group-file.",
        ];
    }

    // A name, a separator, perhaps a word for a part, and its number.
    private static string? FilmOf(string video)
    {
        string numbered = video.TrimEnd([.. "0123456789"]);
        if (video.Length - numbered.Length is 0 or > MostDigits)
        {
            return null;
        }

        string name = numbered.TrimEnd(s_separators);
        foreach (string part in s_parts.Where(part => name.EndsWith(part, StringComparison.OrdinalIgnoreCase)))
        {
            string before = name[..^part.Length], film = before.TrimEnd(s_separators);
            if (film.Length < before.Length)
            {
                return IsFilm(film) ? film : null;
            }
        }

        return name.Length < numbered.Length && IsFilm(name) ? name : null;
    }

    private static bool IsFilm(string name) => name.Any(char.IsLetter) && !s_lists.Contains(name);
}
