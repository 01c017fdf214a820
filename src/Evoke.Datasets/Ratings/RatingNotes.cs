using System.Collections.Immutable;
using System.Globalization;
using Evoke.Curves.Ratings;

namespace Evoke.Datasets.Ratings;

/// <summary>What the user should know of imported ratings.</summary>
internal static class RatingNotes
{
    private const int NamesInNotes = 5;
    private const double LongUnratedSeconds = 5;
    private const int ShortInLags = 4; // A video shorter than this many lags loses more than a quarter of its labels.

    /// <summary>One sentence each.</summary>
    public static IEnumerable<string> Of(RatingImportOptions options, ImmutableArray<ImportedCurve> curves)
    {
        double shortest = ShortInLags * options.LagSeconds * options.Rate.Hertz;
        string[] cut = [.. curves.Where(curve => curve.Rated.Grid.Count < shortest).Select(curve => $"'{curve.Rated.VideoId}'").Distinct()];
        if (cut.Length > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"The lag takes the labels of the last {options.LagSeconds} s of each video: more than a quarter of {Listed(cut)}.");
        }

        string[] unrated =
        [
            .. curves.Where(curve => UnratedEndSeconds(curve.Rated) - options.LagSeconds > LongUnratedSeconds).Select(curve => $"'{curve.Rated.VideoId}'")
                .Distinct(),
        ];
        if (unrated.Length > 0)
        {
            yield return $"No rater has a value at the end of {Listed(unrated)}, where cells are blank: there are no labels for it.";
        }

        foreach (ImportedCurve curve in curves)
        {
            string where = $"Video '{curve.Rated.VideoId}', {curve.Rated.Curve}";
            string[] constant = [.. curve.Rated.Raters.Where((_, rater) => curve.Rated.IsConstant(rater))];
            if (constant.Length > 0)
            {
                yield return $"{where}: {(constant.Length == 1 ? "a constant trace" : $"{constant.Length} constant traces")} by {Listed(constant)}.";
            }

            if (curve.Rated.Raters.Length > 1 && 2 * curve.Agreement.Steps < curve.Rated.Grid.Count)
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{where}: only {curve.Agreement.Steps} of {curve.Rated.Grid.Count} steps have a value of every rater; agreement is over these.");
            }

            if (curve.Label is null)
            {
                yield return $"{where}: no rater whose values differ, so there are no z-scores and no labels.";
            }
            else if (curve.Label.IsUnweighted)
            {
                yield return $"{where}: no rater agrees with the others, so the label is the mean, not {options.Gold.ToString().ToUpperInvariant()}.";
            }
        }
    }

    private static double UnratedEndSeconds(RatedCurve curve)
    {
        int rated = 0;
        for (int rater = 0; rater < curve.Raters.Length; rater++)
        {
            ReadOnlySpan<double> values = curve.Of(rater);
            int end = values.Length;
            while (end > rated && double.IsNaN(values[end - 1]))
            {
                end--;
            }

            rated = end;
        }

        return (curve.Grid.Count - rated) / curve.Grid.Rate.Hertz;
    }

    private static string Listed(string[] names) => string.Join(", ", names.Take(NamesInNotes)) + (names.Length > NamesInNotes ? ", …" : "");
}
