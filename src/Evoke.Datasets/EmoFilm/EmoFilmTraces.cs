using System.Globalization;
using Evoke.Curves.Ratings;
using Evoke.Datasets.Ratings.Reading;

namespace Evoke.Datasets.EmoFilm;

/// <summary>Reads the raters' traces of Emo-FilM.</summary>
internal static class EmoFilmTraces
{
    private const int RowsToShow = 6;

    /// <summary>Reads traces.</summary>
    /// <param name="files">The files of the raters, in the order in which curves should come.</param>
    /// <param name="folder">Where they are.</param>
    /// <param name="videos">The films and the ids of their videos.</param>
    /// <param name="items">The items, in the order in which curves should come.</param>
    /// <param name="cancellationToken">Cancels reading between two films.</param>
    /// <returns>The traces, and notes of what was left out.</returns>
    /// <exception cref="Ratings.Tables.RatingFilesException">A file has mistakes.</exception>
    /// <exception cref="Evoke.Files.FileReadException">A file cannot be read.</exception>
    public static RatingReading Read(
        IReadOnlyList<EmoFilmFile> files,
        string folder,
        IReadOnlyList<(RatedFilm Film, string VideoId)> videos,
        IReadOnlyList<string> items,
        CancellationToken cancellationToken)
    {
        List<RatedTraces> curves = [];
        List<UnderstoodFile> understood = [];
        Counts counts = new();
        foreach ((RatedFilm film, string videoId) in videos)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ILookup<string, EmoFilmFile> own = files.Where(film.Has).ToLookup(file => file.Item!);
            foreach (string item in items)
            {
                (EmoFilmFile File, double[] Values)[] read = [.. own[item].Select(file => (file, StimFile.Read(file.In(folder), [item])[0]))];
                RaterTrace[] traces = [.. OnePerRater(read, counts).Where(trace => HasValues(trace.Values, counts)).Select(TraceOf)];
                understood.AddRange(read.Select(trace => Understood(trace.File, trace.Values, folder, videoId)));
                if (traces.Length > 0)
                {
                    curves.Add(new RatedTraces(videoId, item, [.. traces]));
                }
            }
        }

        return new RatingReading([.. curves], [.. understood], [.. counts.Notes()]);
    }

    // A file with the misspelt name counts only if its rater has no other of this film and item.
    private static IEnumerable<(EmoFilmFile File, double[] Values)> OnePerRater((EmoFilmFile File, double[] Values)[] read, Counts counts)
    {
        foreach (IGrouping<string, (EmoFilmFile File, double[] Values)> rater in read.GroupBy(trace => trace.File.Rater!))
        {
            (EmoFilmFile File, double[] Values)[] named = [.. rater.OrderBy(trace => RatedFilm.IsMisspelt(trace.File))];
            foreach ((EmoFilmFile file, double[] values) in named.Skip(1))
            {
                // Equals, so that two missing values are the same.
                if (values.SequenceEqual(named[0].Values))
                {
                    counts.Copies++;
                }
                else
                {
                    counts.Different.Add(file.Path);
                }
            }

            yield return named[0];
        }
    }

    private static bool HasValues(double[] values, Counts counts)
    {
        bool any = values.Any(double.IsFinite);
        counts.Empty += any ? 0 : 1;
        return any;
    }

    private static RaterTrace TraceOf((EmoFilmFile File, double[] Values) trace) =>
        new(trace.File.Rater!, [.. Enumerable.Range(0, trace.Values.Length).Select(second => (double)second)], [.. trace.Values]);

    private static UnderstoodFile Understood(EmoFilmFile file, double[] values, string folder, string videoId) => new(
        file.In(folder),
        null,
        "Emo-FilM: a value each second from 0 s on; rater, film and item from the file's name",
        [.. values.Take(RowsToShow).Select((value, second) => new RatingSample(videoId, file.Rater!, file.Item!, second, value))]);

    private sealed class Counts
    {
        private const int PathsToName = 3;

        public int Copies { get; set; }

        public int Empty { get; set; }

        public List<string> Different { get; } = [];

        public IEnumerable<string> Notes()
        {
            if (Copies > 0)
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture, $"{Copies} of the files named LeassonLearned repeat one of LessonLearned, value by value: counted once.");
            }

            if (Different.Count > 0)
            {
                string more = Different.Count > PathsToName ? ", …" : "";
                yield return $"{Different.Count} of the files named LeassonLearned differ from that of LessonLearned by the same rater and of the same item, "
                    + $"and are left out: {string.Join(", ", Different.Take(PathsToName))}{more}.";
            }

            if (Empty > 0)
            {
                yield return $"Traces without any value are left out: {Empty}.";
            }
        }
    }
}
