using Evoke.Datasets.Ratings.Tables;
using Evoke.Files;

namespace Evoke.Datasets.Ratings.Reading;

/// <summary>Finds files of ratings in a list of files and folders.</summary>
internal static class RatingFiles
{
    private static readonly string[] s_extensions = [".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz", ".txt.gz", ".xlsx", ".xls", ".eaf"];

    /// <summary>True for a workbook.</summary>
    public static bool IsWorkbook(string path) => HasExtension(path, ".xlsx") || HasExtension(path, ".xls");

    /// <summary>True for a file of ELAN.</summary>
    public static bool IsElan(string path) => HasExtension(path, ".eaf");

    /// <summary>
    /// All files: a file stays as it is, a folder yields the files of ratings in it and its subfolders, in ordinal order. Of a folder in BIDS these are the
    /// files "…_stim" and "…_events".
    /// </summary>
    /// <exception cref="RatingFilesException">A folder has none.</exception>
    /// <exception cref="FileReadException">There is no such file, or a folder cannot be read.</exception>
    public static IReadOnlyList<string> Find(IEnumerable<string> filesAndFolders)
    {
        List<string> found = [];
        foreach (string path in filesAndFolders)
        {
            found.AddRange(Directory.Exists(path) ? In(path) : [path]);
        }

        return [.. found.Distinct(StringComparer.Ordinal)];
    }

    private static string[] In(string folder)
    {
        bool isBids = File.Exists(Path.Combine(folder, "dataset_description.json"));
        try
        {
            string[] files =
            [
                .. Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false })
                    .Where(file => s_extensions.Any(extension => HasExtension(file, extension)) && (!isBids || IsBids(file)))
                    .Order(StringComparer.Ordinal),
            ];
            return files.Length > 0
                ? files
                : throw new RatingFilesException(
                    new RatingPlace(folder),
                    isBids ? "files '…_stim.tsv.gz' or '…_events.tsv'" : $"files of ratings ({string.Join(", ", s_extensions)})",
                    "none");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileReadException(folder, error);
        }
    }

    private static bool IsBids(string file) => BidsName.Of(file).Suffix.Length > 0 && !IsWorkbook(file) && !IsElan(file);

    private static bool HasExtension(string path, string extension) => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase);
}
