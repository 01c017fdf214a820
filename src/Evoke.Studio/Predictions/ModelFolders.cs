using System.Globalization;

namespace Evoke.Studio.Predictions;

/// <summary>Finds model files in folders, and names them.</summary>
/// <remarks>
/// A file is named by its stem, but every training run writes the same names: <c>best</c> of a run is named by the run's folder, and its other files by the
/// folder and their stem. Where two have one name, the later one in the order of the folders has its parent folders' names before it.
/// </remarks>
internal static class ModelFolders
{
    private const string Ending = ".safetensors";
    private const string RunMark = "run.json";
    private const string Best = "best";

    /// <summary>The files directly in each folder, and the best models of the runs that are folders in it.</summary>
    /// <param name="folders">Folders; those that do not exist are skipped.</param>
    /// <returns>Paths by name.</returns>
    public static SortedDictionary<string, string> Find(IEnumerable<string> folders)
    {
        SortedDictionary<string, string> found = new(StringComparer.Ordinal);
        foreach (string path in folders.Where(Directory.Exists).SelectMany(FilesIn).Distinct(StringComparer.Ordinal))
        {
            found.TryAdd(Names(path).First(name => !found.ContainsKey(name)), path);
        }

        return found;
    }

    private static IEnumerable<string> FilesIn(string folder)
    {
        string whole = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        IEnumerable<string> runs = Directory.EnumerateDirectories(whole).Where(IsRun).Select(run => Path.Combine(run, Best + Ending)).Where(File.Exists);
        return Directory.EnumerateFiles(whole, "*" + Ending).Order(StringComparer.Ordinal).Concat(runs.Order(StringComparer.Ordinal));
    }

    // Ever longer names; at last numbers.
    private static IEnumerable<string> Names(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        string name = Path.GetFileNameWithoutExtension(path);
        if (IsRun(folder))
        {
            string run = Path.GetFileName(folder);
            name = name == Best ? run : $"{run}/{name}";
            folder = Path.GetDirectoryName(folder) ?? "";
        }

        yield return name;
        string longer = name;
        for (string? above = folder; !string.IsNullOrEmpty(Path.GetFileName(above)); above = Path.GetDirectoryName(above))
        {
            longer = $"{Path.GetFileName(above)}/{longer}";
            yield return longer;
        }

        for (int number = 2; ; number++)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{name} {number}");
        }
    }

    private static bool IsRun(string folder) => File.Exists(Path.Combine(folder, RunMark));
}
