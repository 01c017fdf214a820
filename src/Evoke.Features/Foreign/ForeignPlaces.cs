using Evoke.Files;
using Evoke.Tensors;

namespace Evoke.Features.Foreign;

/// <summary>Finds the features of videos by the names of files and of arrays in them.</summary>
internal static class ForeignPlaces
{
    private const int NamesInMessages = 5;

    private static readonly string[] s_tables = [".csv", ".tsv", ".csv.gz", ".tsv.gz"];
    private static readonly string[] s_arrays = [".npy", ".npz"];

    /// <summary>The videos of a folder: its files, not those of its folders.</summary>
    public static IReadOnlyList<ForeignPlace> InFolder(string folder, string? key)
    {
        string[] files = Files(folder);
        ForeignPlace[] places = OneKey(folder, key, [.. Arrays(files, key).Concat(files.Where(IsTable).SelectMany(file => Table(file, key)))]);
        return places.Length > 0 ? places : throw new ForeignFeatureException(folder, $"expected .npy, .npz, .csv or .tsv files, found {Found(folder)}.");
    }

    /// <summary>The videos of one file: of a table, an array, or an archive of arrays.</summary>
    public static IReadOnlyList<ForeignPlace> InFile(string path, string? key)
    {
        if (IsTable(path))
        {
            return Table(path, key);
        }

        if (!path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase))
        {
            return HasEnding(path, s_arrays)
                ? Arrays([.. Files(Path.GetDirectoryName(Path.GetFullPath(path))!)], key).Where(place => IsSame(place.File, path)).ToArray() is [var own]
                    ? [own]
                    : [new ForeignPlace(Stem(path), path)]
                : throw new ForeignFeatureException(path, "expected a .npy, .npz, .csv or .tsv file, or a folder of them.");
        }

        using TensorFile file = NumpyRows.Open(path);
        string[] names = [.. file.Tensors.Keys];
        return names.Any(ArrayNames.IsClock)
            ? [new ForeignPlace(Stem(path), path) { Key = key }]
            : OneKey(path, key, [.. ArrayNames.Find(names, key).Select(
                array => new ForeignPlace(array.VideoId, path) { Key = array.Key, Array = array.Name, Times = array.Times })]);
    }

    private static IEnumerable<ForeignPlace> Arrays(string[] files, string? key)
    {
        ILookup<string, string> single = files.Where(file => HasEnding(file, [".npy"])).ToLookup(Stem, StringComparer.Ordinal); // film.npy, film.NPY
        string[] archives = [.. files.Where(file => HasEnding(file, [".npz"]))];
        return ArrayNames.Find(single.Select(file => file.Key), key).SelectMany(array => single[array.Name].Select(file => new ForeignPlace(array.VideoId, file)
        {
            Key = array.Key,
            Times = array.Times,
            TimesFile = array.Times is null ? null : single[array.Times].First(),
        })).Concat(archives.Select(file =>
        {
            NamedArray array = ArrayNames.Find([Stem(file)], key)[0];
            return new ForeignPlace(array.VideoId, file) { Key = array.Key ?? key };
        }));
    }

    private static IReadOnlyList<ForeignPlace> Table(string file, string? key)
    {
        NamedArray name = key is null ? new NamedArray(Stem(file), Stem(file), null, null) : ArrayNames.Find([Stem(file)], key)[0];
        try
        {
            IReadOnlyList<string> ids = TableRows.VideosOf(file, name.VideoId);
            return [.. ids.Select(id => new ForeignPlace(id, file) { Key = name.Key, IsTable = true, IsOnly = ids.Count == 1 })];
        }
        catch (EvokeException error) when (!error.EndsRun)
        {
            return [new ForeignPlace(name.VideoId, file) { Key = name.Key, IsTable = true }]; // Reading it says what is wrong, for this file alone.
        }
    }

    private static ForeignPlace[] OneKey(string path, string? key, ForeignPlace[] places)
    {
        if (key is not null)
        {
            ForeignPlace[] named = [.. places.Where(place => place.Key == key)];
            return named.Length > 0 || places.Length == 0
                ? named
                : throw new ForeignFeatureException(path, $"expected names that end in '_{key}', found {Names(places.Select(NameOf))}.");
        }

        string[] keys = [.. places.Select(place => place.Key is null ? "none" : $"_{place.Key}").Distinct().Order(StringComparer.Ordinal)];
        return keys.Length <= 1
            ? places
            : throw new ForeignFeatureException(
                path,
                $"expected features of one kind, found names with the endings {string.Join(", ", keys)}; say which is meant with --visual-key or --audio-key.");
    }

    private static string[] Files(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder).Where(file => !Path.GetFileName(file).StartsWith('.')).Order(StringComparer.Ordinal)];
        }
        catch (DirectoryNotFoundException)
        {
            throw new ForeignFeatureException(folder, "there is no such file or folder.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileReadException(folder, error);
        }
    }

    private static string Found(string folder)
    {
        string[] names = [.. Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal)
            .Select(path => Directory.Exists(path) ? $"the folder {Path.GetFileName(path)}" : Path.GetFileName(path))];
        return names.Length == 0 ? "an empty folder" : Names(names);
    }

    private static string Names(IEnumerable<string> names)
    {
        string[] all = [.. names];
        string shown = string.Join(", ", all.Take(NamesInMessages));
        return all.Length > NamesInMessages ? $"{shown} and {all.Length - NamesInMessages} more" : shown;
    }

    private static string NameOf(ForeignPlace place) => place.Array ?? Path.GetFileName(place.File);

    private static bool IsTable(string path) => HasEnding(path, s_tables);

    private static bool IsSame(string one, string other) => Path.GetFullPath(one) == Path.GetFullPath(other);

    private static bool HasEnding(string path, string[] endings) => endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static string Stem(string path)
    {
        string name = Path.GetFileName(path);
        string ending = s_tables.Concat(s_arrays).OrderByDescending(known => known.Length)
            .FirstOrDefault(known => name.EndsWith(known, StringComparison.OrdinalIgnoreCase)) ?? "";
        return name[..^ending.Length];
    }
}
