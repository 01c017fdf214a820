using Evoke.Datasets.Ratings.Tables;
using Evoke.Files;

namespace Evoke.Datasets.Ratings.Reading;

/// <summary>Finds files of ratings in a list of files and folders.</summary>
internal static class RatingFiles
{
    /// <summary>The file that says how a folder was imported.</summary>
    public const string ImportDocument = "import.json";

    /// <summary>The file of what each rater said, in a folder that was imported.</summary>
    public const string ImportedRaters = "raters.csv";

    private const string Text = ".txt";

    private static readonly string[] s_extensions = [".csv", ".tsv", Text, ".csv.gz", ".tsv.gz", ".txt.gz", ".xlsx", ".xls", ".eaf"];
    private static readonly char[] s_separators = ['\t', ';', ',', '|'];

    /// <summary>True for a workbook.</summary>
    public static bool IsWorkbook(string path) => HasExtension(path, ".xlsx") || HasExtension(path, ".xls");

    /// <summary>True for a file of ELAN.</summary>
    public static bool IsElan(string path) => HasExtension(path, ".eaf");

    /// <summary>
    /// All files: a file stays as it is, a folder yields the files of ratings in it and its subfolders, in ordinal order. Of a folder in BIDS these are the
    /// files "…_stim" and "…_events". Folders that an import has written, and files .txt that are not tables, are left out and noted.
    /// </summary>
    /// <exception cref="RatingFilesException">A folder has none.</exception>
    /// <exception cref="FileReadException">There is no such file, or a folder cannot be read.</exception>
    public static FoundFiles Find(IEnumerable<string> filesAndFolders)
    {
        List<string> found = [], notes = [];
        foreach (string path in filesAndFolders)
        {
            found.AddRange(Directory.Exists(path) ? In(path, notes) : [path]);
        }

        return new FoundFiles([.. found.Distinct(StringComparer.Ordinal)], [.. notes.Distinct(StringComparer.Ordinal)]);
    }

    private static string[] In(string folder, List<string> notes)
    {
        bool isBids = File.Exists(Path.Combine(folder, "dataset_description.json"));
        try
        {
            List<string> all = [];
            AddFiles(folder, all, notes);
            string[] files =
            [
                .. all.Where(file => s_extensions.Any(extension => HasExtension(file, extension)) && (!isBids || IsBids(file)))
                    .Where(file => IsTable(file, notes))
                    .Order(StringComparer.Ordinal),
            ];
            return files.Length > 0
                ? files
                : throw new RatingFilesException(
                    new RatingPlace(folder),
                    isBids ? "files '…_stim.tsv.gz' or '…_events.tsv'" : $"files of ratings ({string.Join(", ", s_extensions)})",
                    IsImported(folder) ? $"an earlier import (to import its ratings again, name {Path.Combine(folder, ImportedRaters)})" : "none");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileReadException(folder, error);
        }
    }

    private static void AddFiles(string folder, List<string> files, List<string> notes)
    {
        if (IsImported(folder))
        {
            notes.Add($"{folder} holds an earlier import and is not read.");
            return;
        }

        EnumerationOptions options = new() { IgnoreInaccessible = false };
        files.AddRange(Directory.EnumerateFiles(folder, "*", options));
        foreach (string inner in Directory.EnumerateDirectories(folder, "*", options).Order(StringComparer.Ordinal))
        {
            AddFiles(inner, files, notes);
        }
    }

    private static bool IsImported(string folder) =>
        File.Exists(Path.Combine(folder, ImportDocument)) && File.Exists(Path.Combine(folder, ImportedRaters));

    // People keep remarks in files .txt beside their ratings. A table has as many separators in its first row as in its second.
    private static bool IsTable(string file, List<string> notes)
    {
        if (!HasExtension(file, Text))
        {
            return true;
        }

        string[] rows = [.. File.ReadLines(file).Where(line => line.Length > 0).Take(2)];
        bool isTable = rows.Length == 2
            && s_separators.Any(separator => rows[0].Contains(separator) && CountOf(rows[0], separator) == CountOf(rows[1], separator));
        if (!isTable)
        {
            notes.Add($"{file} is not a table and is not read.");
        }

        return isTable;
    }

    private static int CountOf(string row, char separator) => row.Count(letter => letter == separator);

    private static bool IsBids(string file) => BidsName.Of(file).Suffix.Length > 0 && !IsWorkbook(file) && !IsElan(file);

    private static bool HasExtension(string path, string extension) => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase);
}
