using Evoke.Files.Text;

namespace Evoke.Datasets.Ratings.Reading;

/// <summary>Finds what may have been understood wrongly: columns with a slip of the pen in their names, and curves that hardly any file has.</summary>
internal static class ColumnWarnings
{
    private const int LeastFiles = 5;
    private const int LeastTimesAsOften = 10;

    /// <summary>One sentence for each, with the first file.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<UnderstoodFile> files)
    {
        foreach (IGrouping<string, UnderstoodFile> same in files
            .SelectMany(file => file.Warnings.Select(warning => (warning, file))).GroupBy(pair => pair.warning, pair => pair.file))
        {
            yield return $"{NameOf(same)}: {same.Key}";
        }

        foreach (string warning in RareCurves(files))
        {
            yield return warning;
        }
    }

    // Of files that each have one curve, as their names say, no curve is in many.
    private static IEnumerable<string> RareCurves(IReadOnlyList<UnderstoodFile> files)
    {
        IGrouping<string, UnderstoodFile>[] curves =
        [
            .. files.SelectMany(file => file.Curves.Select(curve => (curve, file)))
                .GroupBy(pair => pair.curve, pair => pair.file, StringComparer.OrdinalIgnoreCase),
        ];
        string[] common = [.. curves.Where(curve => 2 * curve.Count() > files.Count).Select(curve => curve.Key)];
        if (common.Length == 0 || files.Count < LeastFiles)
        {
            yield break;
        }

        foreach (IGrouping<string, UnderstoodFile> rare in curves.Where(curve => curve.Count() == 1 || LeastTimesAsOften * curve.Count() <= files.Count))
        {
            string advice = Spelling.Nearest(rare.Key.ToLowerInvariant(), common.Select(name => name.ToLowerInvariant())) is { } nearest
                ? $"If it is '{nearest}', rename the column."
                : "If it is not a curve, name those that are: --curve NAME.";
            yield return $"Curve '{rare.Key}' is only in {rare.Count()} of {files.Count} files: {NameOf(rare)}. {advice}";
        }
    }

    private static string NameOf(IEnumerable<UnderstoodFile> files)
    {
        UnderstoodFile[] all = [.. files];
        string sheet = all[0].Sheet is { } name ? $", sheet '{name}'" : "";
        return $"{all[0].File}{sheet}{(all.Length > 1 ? $" and {all.Length - 1} more" : "")}";
    }
}
