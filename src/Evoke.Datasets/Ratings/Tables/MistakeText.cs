using System.Globalization;

namespace Evoke.Datasets.Ratings.Tables;

/// <summary>Lists mistakes: those where the same was expected together, the first with file and row, the others counted.</summary>
internal static class MistakeText
{
    private const int KindsToShow = 12;
    private const int OfOneKind = 3; // Different things that were found where the same was expected.

    /// <summary>One sentence for one mistake, or a line for each that differs from others.</summary>
    public static string Of(IReadOnlyList<RatingMistake> mistakes, int more)
    {
        if (mistakes.Count + more == 1)
        {
            return mistakes[0].ToString();
        }

        IGrouping<string, RatingMistake>[] kinds = [.. mistakes.GroupBy(mistake => mistake.Expected)];
        List<string> lines = [$"The ratings have {mistakes.Count + more} mistakes:"];
        lines.AddRange(kinds.Take(KindsToShow).SelectMany(kind => OfKind([.. kind])));
        int others = kinds.Skip(KindsToShow).Sum(kind => kind.Count()) + more;
        if (others > 0)
        {
            lines.Add($"  … and {others} more");
        }

        return string.Join(Environment.NewLine, lines);
    }

    private static IEnumerable<string> OfKind(RatingMistake[] mistakes)
    {
        double[] numbers = [.. mistakes.Select(mistake => NumberIn(mistake.Found)).OfType<double>()];
        bool areNumbers = numbers.Length == mistakes.Length;
        RatingMistake[] shown = [.. mistakes.DistinctBy(mistake => mistake.Found).Take(areNumbers ? 1 : OfOneKind)];
        foreach (RatingMistake mistake in shown)
        {
            yield return $"  {mistake}";
        }

        if (mistakes.Length > shown.Length)
        {
            int files = mistakes.Select(mistake => mistake.Place.File).Distinct(StringComparer.Ordinal).Count();
            string where = files > 1 ? $" in {files} files" : "";
            string span = areNumbers && numbers.Min() < numbers.Max()
                ? string.Create(CultureInfo.InvariantCulture, $"; all are from {numbers.Min()} to {numbers.Max()}") : "";
            yield return $"    and {mistakes.Length - shown.Length} more{where}{span}";
        }
    }

    private static double? NumberIn(string found) =>
        double.TryParse(found, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;
}
