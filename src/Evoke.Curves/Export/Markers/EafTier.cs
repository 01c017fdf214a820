using System.Globalization;
using Evoke.Curves.Moments;

namespace Evoke.Curves.Export.Markers;

/// <summary>An annotation of ELAN: the text of a moment from <paramref name="Begin"/> to <paramref name="End"/>, in milliseconds.</summary>
internal sealed record EafAnnotation(int Number, long Begin, long End, string Text)
{
    public string Id => string.Create(CultureInfo.InvariantCulture, $"a{Number}");

    public string FirstSlot => string.Create(CultureInfo.InvariantCulture, $"ts{(2 * Number) - 1}");

    public string LastSlot => string.Create(CultureInfo.InvariantCulture, $"ts{2 * Number}");
}

/// <summary>A tier of ELAN: annotations in order of time that do not overlap.</summary>
internal sealed record EafTier(string Name, IReadOnlyList<EafAnnotation> Annotations)
{
    private const double MillisecondsPerSecond = 1000;

    /// <summary>The tiers of all emotions that have moments, in column order; more than one for an emotion whose moments overlap.</summary>
    public static IReadOnlyList<EafTier> Of(PredictionDocument document)
    {
        List<EafTier> tiers = [];
        HashSet<string> names = [.. document.Curves.Scheme.Names.Select(MarkerText.OneLine)], used = [];
        int number = 0;
        for (int emotion = 0; emotion < document.Curves.Scheme.Count; emotion++)
        {
            string name = MarkerText.OneLine(document.Curves.Scheme.Names[emotion]);
            IEnumerable<Moment> moments = document.Moments.Where(moment => moment.Emotion == emotion).OrderBy(moment => moment.StartStep);
            List<List<EafAnnotation>> rows = [];
            foreach (EafAnnotation annotation in moments.Select(moment => AnnotationOf(document, moment, ++number)))
            {
                List<EafAnnotation>? row = rows.Find(row => row[^1].End <= annotation.Begin);
                if (row is null)
                {
                    rows.Add(row = []);
                }

                row.Add(annotation);
            }

            tiers.AddRange(rows.Select((row, index) => new EafTier(index == 0 && used.Add(name) ? name : Further(name, names), row)));
        }

        return tiers;
    }

    // Tiers need different names, and "elation 2" may be the name of an emotion.
    private static string Further(string name, HashSet<string> names)
    {
        int number = 2;
        string further;
        do
        {
            further = string.Create(CultureInfo.InvariantCulture, $"{name} {number++}");
        }
        while (!names.Add(further));
        return further;
    }

    private static EafAnnotation AnnotationOf(PredictionDocument document, Moment moment, int number)
    {
        TimeGrid grid = document.Curves.Grid;
        long begin = Milliseconds(grid, moment.StartStep);
        // ELAN drops annotations without a duration.
        long end = Math.Max(begin + 1, Milliseconds(grid, moment.EndStep));
        string peak = ClockText.Of(Milliseconds(grid, moment.Step)); // as ELAN shows times
        return new EafAnnotation(number, begin, end, $"{moment.Kind.Name()} {MarkerText.Note(moment, peak)}");
    }

    private static long Milliseconds(TimeGrid grid, int step) => (long)Math.Round(grid.SecondsAt(step) * MillisecondsPerSecond);
}
